"""Figures, and how they add up. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.factories.rules import Sex

DUE_SOON = timedelta(days=60)
"""What ends within this time is due soon (DOMAIN 6.2)."""
DUE_LATER = timedelta(days=90)
"""The wider of the two windows of DOMAIN 6.2; it holds the first."""


NEW_FOR = timedelta(days=180)
"""Who began in the role within this time is new in it."""


class Group(StrEnum):
    """The people behind a figure."""

    UNCOVERED = "uncovered"
    """Active without what is asked, nominated or not."""
    NEW = "new"
    """Of the uncovered, those who began in the role lately."""
    COVERED = "covered"
    DUE = "due"
    """Of the covered, those whose certificate ends soon."""
    DUE_90 = "due-90"
    """The same with the wider window."""
    LOST = "lost"
    """Once certified here, and no longer in the role."""
    EVER = "ever"
    ACTIVE = "active"
    WAIVED = "waived"


@dataclass(frozen=True)
class Instant:
    """One point in time as a programme sees it: its calendar day, and the moment up to which facts count."""

    day: date
    moment: datetime


def instant(zone: str, on: date | None, now: datetime) -> Instant:
    """The present, or the end of a past day in the zone of the programme."""
    place = ZoneInfo(zone)
    if on is None:
        return Instant(now.astimezone(place).date(), now)
    end = datetime.combine(on + timedelta(days=1), time(), place)
    return Instant(on, end.astimezone(now.tzinfo) - timedelta(microseconds=1))


def last_day(valid_until: datetime, zone: str) -> date:
    """The last whole day on which something is valid: what is printed must not promise more than holds."""
    return valid_until.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)


@dataclass(frozen=True)
class Figure:
    """Counts of people of one sex - and one role, where roles are told apart - under a requirement.

    What is asked of the factory as a whole stands in a figure without sex and role.
    """

    sex: Sex | None
    active: int = 0
    covered: int = 0
    due_soon: int = 0
    ever: int = 0
    lost: int = 0
    role: str | None = None
    """Of a committee the side."""
    waived: int = 0
    """People who need not meet it for a time; they are not among the active."""
    units: int = 0
    """Lines, or the factory itself where it asks for events."""
    met: int = 0
    due_90: int = 0
    """Who is due soon is among them."""

    @property
    def uncovered(self) -> int:
        return self.active - self.covered

    @property
    def share(self) -> float | None:
        """Covered of active, 0 to 1; None when nobody is active."""
        return self.covered / self.active if self.active else None


def total(figures: Iterable[Figure]) -> Figure:
    """The figures of all sexes together."""
    rows = list(figures)
    return Figure(
        sex=None,
        active=sum(row.active for row in rows),
        covered=sum(row.covered for row in rows),
        due_soon=sum(row.due_soon for row in rows),
        ever=sum(row.ever for row in rows),
        lost=sum(row.lost for row in rows),
        waived=sum(row.waived for row in rows),
        units=sum(row.units for row in rows),
        met=sum(row.met for row in rows),
        due_90=sum(row.due_90 for row in rows),
    )
