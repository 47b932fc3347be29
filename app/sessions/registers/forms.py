"""Shapes of the forms of the registers."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, EmailField, Field, IntegerField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.factories.structure.labels import WEEKDAYS
from app.factories.structure.texts import names_of, plain
from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES
from app.platform.web.forms import PlainForm, TickedField, offered
from app.sessions.registers.settings import (
    BreakSettings,
    HostSettings,
    InterpreterSettings,
    RoomSettings,
    RulesSettings,
)

MOST_REMINDERS, FARTHEST_REMINDER = 5, 60
_TOO_LONG = Length(max=200, message=lazy("The text is too long."))
_DAY = InputRequired(lazy("Choose a day."))
_TIME = InputRequired(lazy("Write the time."))


def _text(label: Any, needed: Any = None) -> StringField:
    return StringField(label, [InputRequired(needed) if needed else Optional(), _TOO_LONG], filters=[plain])


def _name() -> StringField:
    return _text(lazy("Name"), lazy("Write the name."))


def _number(label: Any, least: int, most: int) -> IntegerField:
    words = lazy("Write a number from %(least)s to %(most)s.", least=least, most=most)
    return IntegerField(label, [InputRequired(words), NumberRange(least, most, words)])


def _languages(label: Any, *validators: Any) -> TickedField:
    spoken = offered((code, language.own_name) for code, language in LANGUAGES.items())
    return TickedField(label, [*validators], choices=spoken)


class RoomForm(PlainForm):
    """A room. `factory` offers what the caller puts in."""

    name = _name()
    address = _text(lazy("Address"))
    province = _text(lazy("Province"))
    places = IntegerField(
        lazy("Places"), [Optional(), NumberRange(1, 5000, lazy("Write a number from 1 to 5000."))]
    )
    factory = SelectField(lazy("In which factory"), [Optional()], choices=[])
    closed_on = DateField(lazy("Not used any more from"), [Optional()])

    def offer(self, factories: Iterable[tuple[int, str]]) -> None:
        """Factories of the programme, as (id, name)."""
        self.factory.choices = offered([("", _("In none")), *((str(key), name) for key, name in factories)])

    def settings(self) -> RoomSettings:
        """What was chosen; the form is valid."""
        return RoomSettings(
            str(self.name.data), self.address.data or "", self.province.data or "", self.places.data,
            int(self.factory.data) if self.factory.data else None, self.closed_on.data)


class InterpreterForm(PlainForm):
    """An interpreter."""

    name = _name()
    email = EmailField(lazy("E-mail"), [Optional(), _TOO_LONG], filters=[plain])
    languages = _languages(lazy("Languages"), InputRequired(lazy("Tick at least one language.")))
    retired_on = DateField(lazy("Not available any more from"), [Optional()])

    def validate_email(self, field: Field) -> None:
        if field.data and "@" not in field.data:
            raise ValidationError(_("Write the whole address, with an @."))

    def settings(self) -> InterpreterSettings:
        """What was chosen; the form is valid."""
        return InterpreterSettings(
            str(self.name.data), self.email.data or None, tuple(self.languages.data or ()), self.retired_on.data)


class HostForm(PlainForm):
    """A host account."""

    name = _name()
    provider = _text(lazy("Provider"), lazy("Write the name of the provider."))
    closed_on = DateField(lazy("Not used any more from"), [Optional()])

    def settings(self) -> HostSettings:
        """What was chosen; the form is valid."""
        return HostSettings(str(self.name.data), str(self.provider.data), self.closed_on.data)


class LanguagesForm(PlainForm):
    """What a trainer speaks."""

    languages = _languages(lazy("Can teach in"))


class QualificationForm(PlainForm):
    """What a trainer may teach. `course` offers what the caller puts in."""

    course = SelectField(lazy("Course"), [InputRequired(lazy("Choose a course."))], choices=[])
    starts_on = DateField(lazy("From"), [_DAY])
    ends_on = DateField(lazy("Last day"), [Optional()])


class LeaveForm(PlainForm):
    """Days on which a trainer is away."""

    starts_on = DateField(lazy("First day"), [_DAY])
    ends_on = DateField(lazy("Last day"), [_DAY])


class RulesForm(PlainForm):
    """The rules of a programme, but for its breaks."""

    release_one_in = _number(lazy("At most one supervisor of a line is away of every"), 1, 20)
    travel_near_minutes = _number(lazy("Minutes between two places of a province"), 0, 600)
    travel_far_minutes = _number(lazy("Minutes between two provinces"), 0, 1440)
    reminder_days = StringField(lazy("Reminders, in working days before"), [Optional()], filters=[plain])
    quiet_from = TimeField(lazy("No reminders from"), [_TIME])
    quiet_until = TimeField(lazy("No reminders until"), [_TIME])

    def validate_reminder_days(self, field: Field) -> None:
        parts = (field.data or "").replace(",", " ").split()
        is_sound = all(part.isdecimal() and 1 <= int(part) <= FARTHEST_REMINDER for part in parts)
        if not is_sound or len(parts) > MOST_REMINDERS:
            raise ValidationError(_("Write up to five numbers from 1 to 60, for example: 5, 1."))

    def settings(self) -> RulesSettings:
        """What was chosen; the form is valid."""
        days = tuple(int(part) for part in (self.reminder_days.data or "").replace(",", " ").split())
        starts, ends = self.quiet_from.data, self.quiet_until.data
        near, far = self.travel_near_minutes.data or 0, self.travel_far_minutes.data or 0
        if starts is None or ends is None:
            raise ValueError("the form is not valid")
        return RulesSettings(self.release_one_in.data or 1, near, far, days, starts, ends)


class BreakForm(PlainForm):
    """A prayer or a meal; its names are added by `with_names`."""

    starts = TimeField(lazy("From"), [_TIME])
    ends = TimeField(lazy("Until"), [_TIME])
    days = TickedField(
        lazy("On"), [InputRequired(lazy("Tick at least one day."))], coerce=int, choices=offered(WEEKDAYS.items()))

    def validate_ends(self, field: Field) -> None:
        if field.data and self.starts.data and field.data <= self.starts.data:
            raise ValidationError(_("The end must be later than the start."))

    def settings(self) -> BreakSettings:
        """What was chosen; the form is valid."""
        starts, ends = self.starts.data, self.ends.data
        if starts is None or ends is None:
            raise ValueError("the form is not valid")
        return BreakSettings(names_of(self), starts, ends, tuple(self.days.data or ()))
