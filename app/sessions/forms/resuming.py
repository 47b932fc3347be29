"""New dates for the half-days of a postponed training session."""

from typing import Any

from wtforms import FieldList, FormField, HiddenField, validators

from app.platform.i18n import _
from app.platform.web.forms import number
from app.sessions.forms.half_days import TimesForm
from app.sessions.forms.parts import OwnForm
from app.sessions.operations.half_days import MOST_HALF_DAYS
from app.sessions.rules.wall_time import Fault, HalfDay


class NewDateForm(TimesForm):
    """Of one half-day, by its number."""

    number = HiddenField(validators=[validators.InputRequired()])


class ResumptionForm(OwnForm):
    """One part for each half-day that waits."""

    half_days = FieldList(FormField(NewDateForm), max_entries=MOST_HALF_DAYS)

    def forms(self) -> dict[int, Any]:
        """The parts by the number of their half-day."""
        named = ((number(entry.form.number.data), entry.form) for entry in self.half_days)
        return {each: form for each, form in named if each is not None}

    def times(self, zones: dict[int, str]) -> dict[int, HalfDay]:
        """The half-days whose times are complete, by number; of those that wait alone."""
        return {
            each: half_day
            for each, form in self.forms().items()
            if each in zones and (half_day := form.half_day(zones[each]))
        }

    def blame(self, number: int, part: str, fault: Fault) -> None:
        self.forms()[number].blame(part, fault)

    def ask_for_all(self, zones: dict[int, str]) -> bool:
        """Whether every half-day that waits has times; it is said where one has none."""
        missing = set(zones) - set(self.times(zones))
        if missing and not any(field.errors for field in self.leaves()):
            self.form_errors = [_("Give every postponed half-day a new date.")]
        return not missing
