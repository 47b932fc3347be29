"""Times of a half-day, and all that is said of one."""

from datetime import date, datetime, time
from typing import Any

from wtforms import DateField, SelectField, StringField, TimeField, validators

from app.platform.i18n import _, lazy
from app.platform.web.forms import TickedField, offered
from app.sessions.forms.parts import NOT_TOO_LONG, OwnForm, is_link, number_or_none, plain, text_or_none
from app.sessions.links.rules import Provider
from app.sessions.links.wording import provider_choices
from app.sessions.rules import Modality
from app.sessions.rules.wall_time import Fault, HalfDay
from app.sessions.wording import FAULTS, MODALITIES


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

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(part.raw_data and any(part.raw_data) for part in (self.day, self.starts, self.ends))

    def blame(self, part: str, fault: Fault) -> None:
        """Put a fault at the field that it is about."""
        field = self.starts if part == "starts" else self.ends if part == "ends" else self.day
        field.errors = [*field.errors, str(FAULTS[fault])]


class HalfDayForm(TimesForm):
    """A half-day of a training session. What can be chosen, the view says; nothing of it must be."""

    modality = SelectField(
        lazy("How people meet"),
        [validators.InputRequired(lazy("Choose how people meet."))],
        choices=offered((each.value, words) for each, words in MODALITIES.items()),
    )
    provider = SelectField(
        lazy("How people join by link"), choices=provider_choices, default=Provider.PASTED.value
    )
    join_url = StringField(
        lazy("Link to join"), [validators.Optional(), NOT_TOO_LONG, is_link], filters=[plain]
    )
    language = SelectField(lazy("Language of this half-day"), [validators.Optional()], coerce=text_or_none)
    interpreters = TickedField(lazy("Interpreters"), coerce=int, choices=[])
    host = SelectField(
        lazy("Account that opens the link"), [validators.Optional()], coerce=number_or_none
    )
    sites = TickedField(lazy("Only these sites"), choices=[])

    def validate(self, extra_validators: Any = None) -> bool:
        """A half-day by link needs the link, unless a room is made for it."""
        sound = bool(super().validate(extra_validators))
        is_pasted = self.modality.data != Modality.IN_PERSON and self.provider.data == Provider.PASTED
        if sound and is_pasted and not self.join_url.data:
            self.join_url.errors = [_("Enter the link with which people join.")]
            return False
        return sound
