"""A unit as a form."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from pydantic import ValidationError
from wtforms import Field, HiddenField, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.validators import ValidationError as Invalid

from app.content.authoring.forms.quiz_rules import RulesForm, rules_data, rules_of
from app.content.authoring.forms.texts import in_lines, lines, list_field, number_field, own_name, shown, text_field
from app.content.authoring.rules import is_code
from app.content.places import GUIDE
from app.content.schema import SOURCE_LOCALE, UnitFacts
from app.courses import labels
from app.courses.rules import QuizPhase, UnitKind
from app.platform.i18n import _, lazy
from app.platform.web.forms import offered

ADDED_KINDS = (UnitKind.LESSON, UnitKind.QUIZ, UnitKind.PRACTICE, UnitKind.MEETING)


class _UnitForm(RulesForm):
    """What every unit has; titles and objectives of each language are added by `unit_form`."""

    code = text_field(lazy("Code"), lazy("Write a code."))
    kind = SelectField(lazy("Kind"), [InputRequired()], choices=offered((k, labels.UNIT_KINDS[k]) for k in ADDED_KINDS))
    minutes = number_field(lazy("Minutes"), 1, 9999)
    phase = SelectField(
        lazy("When the quiz is taken"), [Optional()], choices=offered([("", lazy("Not said")), *labels.PHASES.items()])
    )
    months_after = number_field(lazy("How many months later"), 1, 60, is_needed=False)
    blueprint = list_field(lazy("Blueprint"))
    bank = SelectField(lazy("Whose questions it asks"), [Optional()])
    seen = HiddenField()

    taken: Collection[str] = ()
    """Codes of the other units."""

    def validate_code(self, field: Field) -> None:
        if not is_code(field.data or "") or field.data == GUIDE:
            raise Invalid(_("Use small letters, digits and hyphens, such as 01-exits, and not the word guide."))
        if field.data in self.taken:
            raise Invalid(_("Another unit has this code."))

    def validate_minutes(self, field: Any) -> None:
        if field.number is not None and field.number != int(field.number):
            raise Invalid(_("Write a whole number."))

    def validate_months_after(self, field: Any) -> None:
        is_later = self.kind.data == UnitKind.QUIZ and self.phase.data == QuizPhase.FOLLOW_UP
        if is_later != (field.number is not None):
            raise Invalid(_("Months go with a quiz that is taken some months later, and only with it."))

    def validate_blueprint(self, field: Any) -> None:
        for line in lines(field.data):
            topic, _colon, number = line.partition(":")
            if not is_code(topic.strip()) or not number.strip().isascii() or not number.strip().isdigit():
                raise Invalid(_("Write a topic, a colon and a number in each line, such as exits: 3."))


def unit_form(
    unit: UnitFacts | None, languages: Iterable[str], others: Sequence[UnitFacts], sent: Any = None
) -> Any:
    """The form of a unit, as sent or as it is; of a new one when `unit` is None. `others` are those beside it."""
    fields = {name: field for locale in languages for name, field in _texts(locale)}
    data = _data(unit) if unit else {"kind": UnitKind.LESSON}
    form = type("UnitForm", (_UnitForm,), fields)(sent, data=rules_data(unit) | data)
    form.taken = [each.id for each in others]
    quizzes = [each for each in others if each.kind is UnitKind.QUIZ and (not each.bank or each.id == data.get("bank"))]
    form.bank.choices = offered([("", lazy("Its own")), *((quiz.id, quiz.id) for quiz in quizzes)])
    return form


def unit_of(form: Any, unit: UnitFacts | None, languages: Iterable[str]) -> UnitFacts | None:
    """The unit that the form describes; None, with a sentence on the form, when no unit can be so."""
    before = unit.model_dump(mode="json") if unit else {"titles": {}, "objectives": None}
    titles, objectives = dict(before["titles"]), dict(before["objectives"] or {})
    for locale in languages:
        _set(titles, locale, form[f"title_{locale}"].data)
        _set(objectives, locale, list(lines(form[f"objectives_{locale}"].data)))
    value = {
        "id": form.code.data, "kind": unit.kind if unit else form.kind.data, "minutes": int(form.minutes.number),
        "titles": titles, "objectives": objectives or None, **_of_a_quiz(form),
    }  # fmt: skip
    try:
        return UnitFacts.model_validate_json(json.dumps(value))
    except ValidationError as error:
        form.form_errors.extend(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return None


def _texts(locale: str) -> Iterable[tuple[str, Any]]:
    name = {"language": own_name(locale)}
    needed = lazy("Write the title in English.") if locale == SOURCE_LOCALE else None
    yield f"title_{locale}", text_field(lazy("Title in %(language)s", **name), needed, locale=locale)
    sentences = lazy("What people can do afterwards, in %(language)s", **name)
    yield f"objectives_{locale}", list_field(sentences, locale=locale)


def _data(unit: UnitFacts) -> dict[str, Any]:
    blueprint = in_lines(f"{topic}: {number}" for topic, number in (unit.blueprint or {}).items())
    data: dict[str, Any] = {
        "code": unit.id, "kind": unit.kind, "minutes": shown(unit.minutes), "phase": unit.phase or "",
        "months_after": shown(unit.months_after), "blueprint": blueprint, "bank": unit.bank or "",
    }  # fmt: skip
    data |= {f"title_{locale}": title for locale, title in unit.titles.items()}
    return data | {f"objectives_{locale}": in_lines(each) for locale, each in (unit.objectives or {}).items()}


def _of_a_quiz(form: Any) -> dict[str, Any]:
    if form.kind.data != UnitKind.QUIZ:
        return {}
    months, pairs = form.months_after.number, [line.partition(":") for line in lines(form.blueprint.data)]
    return {
        "phase": form.phase.data or None,
        "months_after": int(months) if months else None,
        "blueprint": {topic.strip(): int(number) for topic, _colon, number in pairs} or None,
        "bank": form.bank.data or None,
        "rules": rules_of(form),
    }


def _set(by_locale: dict[str, Any], locale: str, said: Any) -> None:
    if said:
        by_locale[locale] = said
    else:
        by_locale.pop(locale, None)
