"""The plan of a new training session."""

from datetime import date

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    validators,
)

from app.platform.clock import now
from app.platform.i18n import _, lazy
from app.platform.web.forms import TickedField
from app.sessions.forms.half_days import HalfDayForm
from app.sessions.forms.parts import AT_MOST_200, OwnForm, number_or_none, plain, text_or_none
from app.sessions.operations.half_days import MOST_HALF_DAYS
from app.sessions.rules import Modality
from app.sessions.rules.wall_time import Fault, HalfDay, fault_of, first_overlap, moments
from app.sessions.wording import FAULTS

LARGEST_GROUP = 500
_HOW_MANY = validators.NumberRange(0, LARGEST_GROUP, lazy("Write a number from 0 to 500."))


class ScheduleForm(OwnForm):
    """A new training session. Lists are filled by the view; the zone is that of the programme unless changed."""

    version = SelectField(lazy("Course"), [validators.InputRequired(lazy("Choose a course."))], coerce=int)
    language = SelectField(
        lazy("Language of the training"), [validators.InputRequired(lazy("Choose a language."))]
    )
    zone = StringField(
        lazy("Time zone"), [validators.DataRequired(lazy("Enter the time zone."))], filters=[plain]
    )
    half_days = FieldList(FormField(HalfDayForm), min_entries=2, max_entries=MOST_HALF_DAYS)
    expected = SelectField(lazy("Expected in"), [validators.Optional()], coerce=text_or_none)
    room = SelectField(lazy("Room of the register"), [validators.Optional()], coerce=number_or_none)
    venue = StringField(lazy("Training room"), [validators.Optional(), AT_MOST_200], filters=[plain])
    group = SelectField(lazy("Factories of a group"), [validators.Optional()], coerce=number_or_none)
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

    def plans(self, *, is_draft: bool) -> bool:
        """Whether it can be planned, with the faults at their fields: shape first, then whether it is possible.

        Half-days of which nothing was typed are left out, when there are others, when it is to be announced, and of a
        draft.
        """
        has_dates = not all(entry.form.is_blank for entry in self.half_days)
        if has_dates or is_draft or self.expected.data:
            self.half_days.entries = [entry for entry in self.half_days if not entry.form.is_blank]
        sound = self.validate()
        self._check_times()
        self._check_places()
        return sound and not any(field.errors for field in self.leaves())

    def times(self) -> list[tuple[HalfDayForm, HalfDay]]:
        """The half-days whose times are complete."""
        forms = [entry.form for entry in self.half_days]
        return [(form, half_day) for form in forms if (half_day := form.half_day(self.zone.data or ""))]

    def expected_on(self) -> date | None:
        """The month in which it should be, by its first day."""
        return date.fromisoformat(self.expected.data) if self.expected.data else None

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
        has_venue = bool(self.venue.data or self.room.data)
        if modalities & {Modality.IN_PERSON, Modality.HYBRID} and not has_venue:
            self.venue.errors = [_("Enter the room, since people meet in person.")]
        if self.capacity_in_person.data and not has_venue:
            self.capacity_in_person.errors = [_("There is no training room for these places.")]
        if self.capacity_virtual.data and not (self.factories.data or self.remote.data or self.group.data):
            self.capacity_virtual.errors = [_("Choose factories or let people join alone, or write 0.")]
        if self.capacity_in_person.data == 0 and self.capacity_virtual.data == 0:
            self.capacity_in_person.errors = [_("There must be at least one place.")]
