"""How well something taught is known, and which months are over. Pure."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class EvidenceLevel(StrEnum):
    """How well it is known who was taught (DOMAIN 5.1). Numbers of two levels are never added up."""

    A = "A"
    """By the programme, each person by name."""
    B = "B"
    """By a certified ambassador, each person by name."""
    C = "C"
    """By the word of the factory: a count without names, or what others taught and nobody vouches for."""


MOST_MONTHS = 12
"""Months that are caught up after an outage; of a longer one the first stay empty."""


def month_end(zone: str, now: datetime) -> date:
    """The last day of the month that ended last, by the calendar of the zone."""
    return now.astimezone(ZoneInfo(zone)).date().replace(day=1) - timedelta(days=1)


def month_ends(last: date | None, end: date) -> list[date]:
    """The month ends to be written down: that which was last, and before it those that were missed since the one that
    was written `last`. Nothing is made up for the time before the first.
    """
    due = [end]
    while last is not None and len(due) < MOST_MONTHS:
        before = due[0].replace(day=1) - timedelta(days=1)
        if before <= last:
            break
        due.insert(0, before)
    return due
