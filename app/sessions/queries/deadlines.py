"""Days before the first half-day on which something about seats ends, by the working days of a factory."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.factories.models import Factory
from app.factories.structure.queries.programmes import holiday_days
from app.factories.structure.rules import is_rest_day, rest_days_of
from app.platform.clock import today
from app.sessions.models import TrainingSession
from app.sessions.rules import MeetingState
from app.sessions.rules.deadlines import WARN_BEFORE, alert_on, is_warned, working_days_before

_LOOK_BACK = timedelta(days=200)
"""Further than any deadline lies before a half-day, with all the holidays in between."""


@dataclass(frozen=True)
class Deadlines:
    """For one factory. `today` is the day in the programme's zone; a day is None where nothing ends."""

    today: date
    names_due_on: date | None
    """From this day on no seats can be reserved, and those without a name are given free."""
    warn_on: date | None
    cut_off_on: date | None
    """From this day on the factory cannot ask for seats."""
    alert_on: date | None
    """From this day on too few booked people are an alert."""

    @property
    def are_names_due(self) -> bool:
        return self.names_due_on is not None and self.names_due_on <= self.today

    @property
    def names_end_on(self) -> date | None:
        """On this day they really are, because their factory is warned a day ahead."""
        return None if self.names_due_on is None else max(self.names_due_on, self.today + timedelta(days=1))

    @property
    def is_cut_off(self) -> bool:
        return self.cut_off_on is not None and self.cut_off_on <= self.today


class Calendar:
    """When the factories of a programme work. The holidays are read once; a provisional one counts as a working day."""

    def __init__(self, training: TrainingSession) -> None:
        self._training, self._first = training, first_day(training)
        first = self._first
        self._holidays = holiday_days(training.programme_id, first - _LOOK_BACK, first) if first else frozenset()

    def deadlines(self, factory: Factory | None = None) -> Deadlines:
        """Those of a factory, or - by the rest days of the programme - of whoever plans."""
        training, first = self._training, self._first
        here = today(training.programme.zone)
        if first is None:
            return Deadlines(here, None, None, None, None)
        rests = self._rests(factory)
        names, cut_off = training.names_due_days, training.cut_off_days
        return Deadlines(
            today=here,
            names_due_on=None if names is None else working_days_before(first, names, rests),
            warn_on=None if names is None else working_days_before(first, names + WARN_BEFORE, rests),
            cut_off_on=None if cut_off is None else working_days_before(first, cut_off, rests),
            alert_on=None if training.least_people is None else alert_on(first, cut_off, rests),
        )

    def end_names(self, factory: Factory) -> bool:
        """Whether the seats of a factory that have no name are given free now."""
        days, told_at = self.deadlines(factory), self._training.names_warned_at
        told_on = told_at and told_at.astimezone(ZoneInfo(self._training.programme.zone)).date()
        return days.are_names_due and is_warned(told_on, days.warn_on or days.today, days.today)

    def _rests(self, factory: Factory | None) -> Callable[[date], bool]:
        programme = self._training.programme
        weekly = rest_days_of(factory or programme, programme)
        return lambda day: is_rest_day(day, weekly, self._holidays)


def first_day(training: TrainingSession) -> date | None:
    """The day of the first half-day that has a date, by the clock on the wall."""
    planned = [meeting for meeting in training.meetings if meeting.state is MeetingState.PLANNED]
    return min(planned, key=lambda meeting: meeting.starts_at).starts.date() if planned else None
