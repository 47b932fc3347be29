"""Shapes of the forms of training sessions. Whether times are possible, the rules say; here it is put at its field."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
    validators,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs

from app.access.roles import Role
from app.accounts.forms import InvitedForm
from app.accounts.labels import ROLES
from app.platform.clock import now
from app.platform.i18n import _, lazy
from app.platform.web.forms import PlainForm, TickedField
from app.sessions.calendar.text import InviteError, link
from app.sessions.operations.states import LONGEST_REASON
from app.sessions.rules import Modality
from app.sessions.rules.wall_time import Fault, HalfDay, fault_of, first_overlap, moments
from app.sessions.wording import FAULTS, MODALITIES

__all__ = [
    "MOST_HALF_DAYS",
    "CancellationForm",
    "FaultyFields",
    "HelperForm",
    "LinkForm",
    "NominationForm",
    "ScheduleForm",
    "SelectChoice",
    "TimesForm",
]

HELPING = (Role.CHECK_IN_HELPER, Role.FACTORY_AMBASSADOR)
MOST_HALF_DAYS = 12
LARGEST_GROUP = 500


class OwnForm(PlainForm):
    """A form with repeated parts."""

    def leaves(self) -> Iterator[Field]:
        """Every field, those of repeated parts too."""
        for one in self:
            if isinstance(one, FieldList):
                for entry in one:
                    yield from entry.form
            else:
                yield one


class FaultyFields:
    """The fields of a form as the summary of errors walks through them."""

    def __init__(self, form: OwnForm) -> None:
        self._fields = list(form.leaves())
        self.form_errors = form.form_errors
        self.errors = [one.name for one in self._fields if one.errors] or self.form_errors

    def __iter__(self) -> Iterator[Field]:
        return iter(self._fields)


def is_link(_form: Form, field: Field) -> None:
    """https only: a calendar or a phone opens nothing else."""
    try:
        link(field.data)
    except InviteError:
        raise ValidationError(_("Write the whole link. It begins with https:// and has no spaces.")) from None


_HOW_MANY = validators.NumberRange(0, LARGEST_GROUP, lazy("Write a number from 0 to 500."))
_NOT_TOO_LONG = validators.Length(max=2000, message=lazy("The link is too long."))


def _plain(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class TimesForm(OwnForm):
    """A day, a start and an end by the clock on the wall."""

    day = DateField(lazy("Day"), [validators.InputRequired(lazy("Choose a day."))])
    starts = TimeField(lazy("Starts at"), [validators.InputRequired(lazy("Say when it starts."))])
    ends = TimeField(lazy("Ends at"), [validators.InputRequired(lazy("Say when it ends."))])

    def half_day(self, zone: str) -> HalfDay | None:
        """The times, or None while one is missing."""
        day, starts, ends = self.day.data, self.starts.data, self.ends.data
        if not isinstance(day, date) or not isinstance(starts, time) or not isinstance(ends, time):
            return None
        return HalfDay(datetime.combine(day, starts), datetime.combine(day, ends), zone)

    def blame(self, part: str, fault: Fault) -> None:
        """Put a fault at the field that it is about."""
        field = self.starts if part == "starts" else self.ends if part == "ends" else self.day
        field.errors = [*field.errors, str(FAULTS[fault])]


class HalfDayForm(TimesForm):
    """A half-day of a new training session."""

    modality = SelectField(
        lazy("How people meet"),
        [validators.InputRequired(lazy("Choose how people meet."))],
        choices=[SelectChoice(m.value, words) for m, words in MODALITIES.items()],
    )
    join_url = StringField(
        lazy("Link to join"), [validators.Optional(), _NOT_TOO_LONG, is_link], filters=[_plain]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """A half-day by link needs the link."""
        sound = bool(super().validate(extra_validators))
        if sound and self.modality.data != Modality.IN_PERSON and not self.join_url.data:
            self.join_url.errors = [_("Enter the link with which people join.")]
            return False
        return sound


class ScheduleForm(OwnForm):
    """A new training session. Lists are filled by the view; the zone is that of the programme unless changed."""

    version = SelectField(lazy("Course"), [validators.InputRequired(lazy("Choose a course."))], coerce=int)
    language = SelectField(
        lazy("Language of the training"), [validators.InputRequired(lazy("Choose a language."))]
    )
    zone = StringField(
        lazy("Time zone"), [validators.DataRequired(lazy("Enter the time zone."))], filters=[_plain]
    )
    half_days = FieldList(FormField(HalfDayForm), min_entries=2, max_entries=MOST_HALF_DAYS)
    venue = StringField(
        lazy("Training room"),
        [validators.Optional(), validators.Length(max=200, message=lazy("Write at most 200 characters."))],
        filters=[_plain],
    )
    factories = TickedField(lazy("Factories whose meeting room joins by link"), coerce=int)
    remote = BooleanField(lazy("People may also join alone, by link"))
    trainers = TickedField(
        lazy("Trainers"), [validators.InputRequired(lazy("Choose who teaches."))], coerce=int
    )
    capacity_in_person = IntegerField(
        lazy("Places in the training room"),
        [validators.InputRequired(lazy("Write a number, 0 for none.")), _HOW_MANY],
    )
    capacity_virtual = IntegerField(
        lazy("Places by link"),
        [validators.InputRequired(lazy("Write a number, 0 for none.")), _HOW_MANY],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Shape first, then whether the plan is possible."""
        sound = bool(super().validate(extra_validators))
        self._check_times()
        self._check_places()
        return sound and not any(field.errors for field in self.leaves())

    def times(self) -> list[tuple[HalfDayForm, HalfDay]]:
        """The half-days whose times are complete."""
        forms = [entry.form for entry in self.half_days]
        return [(form, half_day) for form in forms if (half_day := form.half_day(self.zone.data or ""))]

    def _check_times(self) -> None:
        times = self.times()
        faults = [(form, fault) for form, half_day in times if (fault := fault_of(half_day, now()))]
        for form, fault in faults:
            self._blame(form, *fault)
        position = None if faults else first_overlap([moments(half_day) for _form, half_day in times])
        if position is not None:
            times[position][0].blame("starts", Fault.OVERLAP)

    def _blame(self, form: HalfDayForm, part: str, fault: Fault) -> None:
        if part == "zone":
            self.zone.errors = self.zone.errors or [str(FAULTS[fault])]
        else:
            form.blame(part, fault)

    def _check_places(self) -> None:
        modalities = {entry.form.modality.data for entry in self.half_days}
        if modalities & {Modality.IN_PERSON, Modality.HYBRID} and not self.venue.data:
            self.venue.errors = [_("Enter the room, since people meet in person.")]
        if self.capacity_in_person.data and not self.venue.data:
            self.capacity_in_person.errors = [_("There is no training room for these places.")]
        if self.capacity_virtual.data and not (self.factories.data or self.remote.data):
            self.capacity_virtual.errors = [_("Choose factories or let people join alone, or write 0.")]
        if self.capacity_in_person.data == 0 and self.capacity_virtual.data == 0:
            self.capacity_in_person.errors = [_("There must be at least one place.")]


class HelperForm(InvitedForm):
    """Who helps in a training session, and as what."""

    role = SelectField(lazy("Role"), choices=[SelectChoice(role.value, ROLES[role]) for role in HELPING])


class CancellationForm(OwnForm):
    """Why a training session is called off."""

    reason = TextAreaField(
        lazy("Reason"),
        [
            validators.DataRequired(lazy("Say why. The factories will read it.")),
            validators.Length(max=LONGEST_REASON, message=lazy("Say it in at most 500 characters.")),
        ],
        filters=[_plain],
    )


class LinkForm(OwnForm):
    """Another link for a half-day."""

    join_url = StringField(
        lazy("Link to join"),
        [validators.DataRequired(lazy("Enter the link.")), _NOT_TOO_LONG, is_link],
        filters=[_plain],
    )


class NominationForm(OwnForm):
    """Who is nominated, and where they join from. The lists are filled by the view."""

    site = RadioField(
        lazy("Where will they join from?"),
        [validators.InputRequired(lazy("Choose where they join from."))],
        coerce=int,
    )
    people = TickedField(
        lazy("People"), [validators.InputRequired(lazy("Choose at least one person."))], coerce=int
    )
