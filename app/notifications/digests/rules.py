"""When the week of a programme begins, and what stands in a digest. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.factories.structure.rules import is_rest_day

LATEST = timedelta(days=1)
"""A worker that was down sends a digest a day late, and no later."""
_WEEK = 7


class FactKind(StrEnum):
    """What a line of a digest says of a training session."""

    HALF_DAYS = "half_days"
    TENTATIVE = "tentative"
    BOOKED = "booked"
    TO_NAME = "to_name"
    REQUESTED = "requested"
    WAITING = "waiting"
    FEW = "few"
    """Fewer people are booked than it needs."""


@dataclass(frozen=True)
class Fact:
    """One number."""

    kind: FactKind
    number: int


def first_weekday(rest: Collection[int]) -> int:
    """The ISO weekday on which the week begins: after the longest rest, the earliest of several; Monday without any."""
    begins = {day: _rest_before(day, rest) for day in range(1, _WEEK + 1) if day not in rest}
    longest = max(begins.values(), default=0)
    return next((day for day, length in begins.items() if length == longest and length), 1)


def week_of(day: date, rest: Collection[int]) -> date:
    """The first day of the week that a day lies in."""
    return day - timedelta(days=(day.isoweekday() - first_weekday(rest)) % _WEEK)


def digest_due(today: date, rest: Collection[int], holidays: Collection[date]) -> date | None:
    """The week - its first day - whose digest is to be sent today: on its first working day, or the day after."""
    begins = week_of(today, rest)
    days = [begins + timedelta(days=number) for number in range(_WEEK)]
    first = next((day for day in days if not is_rest_day(day, rest, holidays)), None)
    return begins if first is not None and first <= today <= first + LATEST else None


def _rest_before(day: int, rest: Collection[int]) -> int:
    """How many days of rest in a row lie before a weekday."""
    length = 0
    while length < _WEEK and (day - 2 - length) % _WEEK + 1 in rest:
        length += 1
    return length
