"""Shapes of what somebody sends about a session."""

import re
from datetime import date
from secrets import token_hex
from typing import Any

from wtforms import DateField, Field, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.courses.labels import THEMES
from app.factories.structure.texts import plain
from app.improvement.cascade.labels import LEVELS, WHYS
from app.improvement.cascade.operations import Said
from app.improvement.cascade.queries import Chosen
from app.improvement.cascade.rules import (
    FEWEST_MINUTES,
    LONGEST_TOPIC,
    MOST_HEADS,
    MOST_MINUTES,
    Heads,
    Level,
    Why,
)
from app.improvement.evidence import cleaned, photo_field
from app.platform.files.photos import Photo
from app.platform.i18n import _, lazy
from app.platform.i18n.formats import ascii_digits
from app.platform.web.forms import PlainForm, TickedField, number, offered

_SENT = re.compile(r"[0-9a-f]{32}")
_NUMBERS = re.compile(r"[\s,;،、]+")
LONGEST_NUMBERS = 4000
"""Letters of typed employee numbers: a few hundred people."""


def _one(value: Any) -> Any:
    """A number of a list, or none."""
    return number(str(value)) if value else None


def _id(value: Any) -> int:
    """An id that the database can hold. Raises ValueError."""
    found = number(str(value))
    if found is None:
        raise ValueError(value)
    return found


def day_of(field: DateField) -> date:
    """What a field holds that asks for a day. Only of a valid form."""
    if field.data is None:
        raise ValueError(field.name)
    return field.data


def _digits(value: Any) -> Any:
    """Numbers in the reader's own digits are numbers."""
    return ascii_digits(value).strip() if isinstance(value, str) else value


class WholeField(IntegerField):
    """A whole number in whatever digits."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata([_digits(value) for value in valuelist])


def _head(label: Any) -> WholeField:
    wrong = lazy("Write a number from 0 to 20,000.")
    return WholeField(
        label, [Optional(), NumberRange(0, MOST_HEADS, wrong)], default=0, render_kw={"inputmode": "numeric", "min": 0}
    )


class SessionForm(PlainForm):
    """What roster and head count have in common. Lines, leaders and courses are put in by the caller."""

    sent_id = HiddenField()
    held_on = DateField(lazy("Day"), [InputRequired(lazy("Choose a day."))])
    ambassador = SelectField(lazy("Led by"), choices=[], coerce=_one)
    theme = SelectField(
        lazy("Theme"), [InputRequired(lazy("Choose a theme."))],
        choices=offered([("", lazy("Choose")), *THEMES.items()]),
    )  # fmt: skip
    topic = StringField(
        lazy("Topic"), [Optional(), Length(max=LONGEST_TOPIC, message=lazy("This is too long."))], filters=[plain],
        render_kw={"dir": "auto", "maxlength": LONGEST_TOPIC},
    )  # fmt: skip
    course = SelectField(lazy("Course that it passes on"), choices=[])
    minutes = WholeField(
        lazy("Minutes"),
        [
            InputRequired(lazy("Write how long it was.")),
            NumberRange(FEWEST_MINUTES, MOST_MINUTES, lazy("Write a number of minutes from 5 to 600.")),
        ],
        default=45, render_kw={"inputmode": "numeric"},
    )  # fmt: skip
    line = SelectField(lazy("Line"), choices=[], coerce=_one)
    evidence = photo_field(lazy("Photo of the list or of the session"))
    why = SelectField(lazy("What was wrong"), choices=offered(WHYS.items()), coerce=Why)

    kept_photo: Photo | None = None

    @property
    def key(self) -> str:
        """The id of the form; a new one where none was sent."""
        sent = self.sent_id.data or ""
        return sent if _SENT.fullmatch(sent) else token_hex(16)

    def validate_evidence(self, field: Any) -> None:
        self.kept_photo = cleaned(field)

    def said(self, **more: Any) -> Said:
        """What it says. Only of a valid form."""
        ambassador = self.ambassador.data if "ambassador" in self else None
        return Said(
            sent_id=self.key, held_on=day_of(self.held_on), theme=self.theme.data, minutes=self.minutes.data or 0,
            topic=self.topic.data or "", course=self.course.data or "", line_id=self.line.data,
            ambassador_id=ambassador, photo=self.kept_photo, **more,
        )  # fmt: skip


class RosterForm(SessionForm):
    """With names: ticked in a list, or by employee number."""

    people = TickedField(lazy("Who was there?"), choices=[], coerce=_id)
    numbers = TextAreaField(
        lazy("Others, by employee number"),
        [Optional(), Length(max=LONGEST_NUMBERS, message=lazy("This is too long."))],
        render_kw={"rows": 3, "dir": "auto"},
    )

    @property
    def typed(self) -> list[str]:
        """The employee numbers that were typed."""
        return [each for each in _NUMBERS.split(ascii_digits(self.numbers.data or "")) if each]


class HeadsForm(SessionForm):
    """Without names."""

    women = _head(lazy("Women"))
    men = _head(lazy("Men"))
    others = _head(lazy("Others, or not known"))

    @property
    def heads(self) -> Heads:
        return Heads(self.women.data or 0, self.men.data or 0, self.others.data or 0)

    def validate_women(self, _field: Field) -> None:
        if not self.heads.total:
            raise ValidationError(_("Say how many people were there."))


class WithdrawalForm(PlainForm):
    """Why an entry counts no more."""

    why = RadioField(
        lazy("Why?"), [InputRequired(lazy("Choose a reason."))], coerce=Why,
        choices=offered((why, WHYS[why]) for why in (Why.NOT_HELD, Why.ENTERED_TWICE, Why.OTHER)),
    )  # fmt: skip


class ListForm(PlainForm):
    """Which sessions a list shows. Ambassadors are put in by the caller."""

    level = SelectField(lazy("Level"), choices=offered([("", lazy("All")), *LEVELS.items()]))
    theme = SelectField(lazy("Theme"), choices=offered([("", lazy("All")), *THEMES.items()]))
    ambassador = SelectField(lazy("Led by"), choices=[], coerce=_one)
    since = DateField(lazy("From"), [Optional()])
    until = DateField(lazy("Until"), [Optional()])

    def chosen(self) -> Chosen:
        """What it asks for; a value that is not offered asks for nothing."""
        self.validate()
        good = {field.name: None if field.errors else field.data for field in self}
        for field in self:
            field.errors = []  # what is not offered asks for nothing, and that is no fault to show
        level = next((each for each in Level if each == good["level"]), None)
        return Chosen(level, good["theme"] or "", good["ambassador"], good["since"], good["until"])
