"""The rules of a quiz as fields of its unit. What is as usual is not written."""

from dataclasses import asdict
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import Optional

from app.content.authoring.forms.texts import number_field, shown
from app.content.quiz_rules import ANY, MOST_ATTEMPTS, MOST_FORMS, MOST_GRACE, MOST_LIMIT, MOST_WAIT
from app.content.schema import UnitFacts
from app.platform.i18n import lazy
from app.platform.web.forms import PlainForm, offered
from app.quizzes.rules import USUAL, Counts, Release, WhenLate

_WHEN_LATE = {
    WhenLate.SUBMIT: lazy("What is saved is handed in"),
    WhenLate.GRACE: lazy("It can be handed in for a while, without new answers"),
    WhenLate.ABANDON: lazy("It does not count"),
}
_COUNTS = {
    Counts.BEST: lazy("The best"), Counts.LAST: lazy("The last"), Counts.FIRST: lazy("The first"),
    Counts.AVERAGE: lazy("The average of all"),
}  # fmt: skip
_RELEASE = {
    Release.AT_ONCE: lazy("As soon as it is handed in"), Release.AFTER_CLOSING: lazy("When it is closed for everybody"),
    Release.NEVER: lazy("Never"),
}  # fmt: skip
_CHOSEN = ("when_late", "counts", "release")
_USUAL = {name: str(value) if name in _CHOSEN else value for name, value in asdict(USUAL).items()}
_NUMBERS = ("grace_minutes", "limit_minutes", "wait_minutes", "forms")
_TICKS = ("mixed_questions", "mixed_options", "practice")


class RulesForm(PlainForm):
    """The fields of the rules; a form of a unit has them too."""

    attempts = number_field(lazy("Attempts"), 1, MOST_ATTEMPTS, is_needed=False)
    counts = SelectField(lazy("Which attempt counts"), [Optional()], choices=offered(_COUNTS.items()))
    wait_minutes = number_field(lazy("Minutes to wait before the next attempt"), 0, MOST_WAIT, is_needed=False)
    limit_minutes = number_field(lazy("Minutes that there are for it"), 1, MOST_LIMIT, is_needed=False)
    when_late = SelectField(lazy("When time is over"), [Optional()], choices=offered(_WHEN_LATE.items()))
    grace_minutes = number_field(lazy("For how many minutes it can be handed in then"), 1, MOST_GRACE, is_needed=False)
    release = SelectField(lazy("When the right answers are explained"), [Optional()], choices=offered(_RELEASE.items()))
    forms = number_field(lazy("Parallel forms"), 1, MOST_FORMS, is_needed=False)
    mixed_questions = BooleanField(lazy("Each person gets the questions in another order"))
    mixed_options = BooleanField(lazy("Each person gets the options in another order"))
    practice = BooleanField(lazy("It is practice: explained at once, open at any time, and never counted"))


def rules_data(unit: UnitFacts | None) -> dict[str, Any]:
    """What the fields show of a quiz; of a new one the usual rules."""
    said = unit.rules.model_dump(mode="json") if unit and unit.rules else {}
    data = {**_USUAL, **said}
    numbers = {name: shown(data[name]) for name in _NUMBERS}
    return {**data, **numbers, "attempts": "" if data["attempts"] == ANY else shown(data["attempts"])}


def rules_of(form: Any) -> dict[str, Any] | None:
    """The rules that the fields say: what differs from the usual ones; None when nothing does."""
    said: dict[str, Any] = {name: _whole(form[name].number) for name in _NUMBERS}
    said |= {name: form[name].data for name in (*_TICKS, *_CHOSEN)}
    said["attempts"] = _whole(form.attempts.number) or ANY
    if said["when_late"] != WhenLate.GRACE:
        said["grace_minutes"] = None
    if said["attempts"] == 1:
        said["counts"] = said["wait_minutes"] = None
    return {name: each for name, each in said.items() if each not in {None, "", _USUAL[name]}} or None


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
