"""Life of an interest, and the months that can be wished. Pure."""

from datetime import date
from enum import StrEnum

MONTHS_AHEAD = 18
"""So far ahead can a month be wished."""
MOST_PEOPLE = 5000
LONGEST_NOTE = 500


class InterestState(StrEnum):
    """An interest waits, is planned with a training session, was met when that was confirmed, or was withdrawn."""

    OPEN = "open"
    PLANNED = "planned"
    MET = "met"
    WITHDRAWN = "withdrawn"


WAITING = (InterestState.OPEN, InterestState.PLANNED)
"""One of these at a time for each factory and course."""


def months_from(day: date) -> list[date]:
    """The first days of the month of `day` and of those after it."""
    months = [divmod(day.year * 12 + day.month - 1 + ahead, 12) for ahead in range(MONTHS_AHEAD)]
    return [date(year, month + 1, 1) for year, month in months]
