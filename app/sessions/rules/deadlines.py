"""Days before the first half-day on which something about seats ends. Pure.

They are working days: "three days before" a Monday is no help where nobody works on Sunday, or on Friday.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

WARN_BEFORE = 3
"""Working days before seats without a name are given free on which their factory is warned."""
ALERT_BEFORE = 2
"""Working days before factories can ask no more on which few people are an alert."""
ALERT_WITHOUT_CUT_OFF = 5
"""The same before the first half-day, where factories can ask until then."""
_LONGEST_REST = 60
"""Days in a row without work, after which the calendar is taken to be wrong."""


def working_days_before(day: date, number: int, rests: Callable[[date], bool]) -> date:
    """The day that is so many working days before a day. A calendar on which nobody ever works counts every day."""
    rested = 0
    while number > 0:
        day -= timedelta(days=1)
        rested = rested + 1 if rests(day) else 0
        if not rested or rested > _LONGEST_REST:
            number -= 1
    return day


def alert_on(first: date, cut_off_days: int | None, rests: Callable[[date], bool]) -> date:
    """The day from which too few booked people are an alert: while there is still time to find more."""
    if cut_off_days is None:
        return working_days_before(first, ALERT_WITHOUT_CUT_OFF, rests)
    return working_days_before(first, cut_off_days + ALERT_BEFORE, rests)


def is_warned(told_on: date | None, warn_on: date, today: date) -> bool:
    """Whether somebody was warned of what ends, a day ago at least: dates that were changed may leave no other time."""
    return told_on is not None and warn_on <= told_on < today


def is_to_tell(told_at: datetime | None, due: date, today: date) -> bool:
    """Whether something that is told once from a day on is to be told now. When the day itself moved on since it was
    told, it is told again.
    """
    return due <= today and (told_at is None or told_at.date() < due)
