"""Half-days by a pattern, so that nobody types twelve dates. Pure.

Proposed days are working days: neither rest days of the programme nor holidays that are certain. A provisional holiday
may still move, so it warns elsewhere and is not skipped here.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

HALF, LUNCH, HOUR = timedelta(hours=4), timedelta(hours=1), timedelta(hours=1)
MOST_WEEKS, MOST_TIMES = 12, 24
_FARTHEST = 400


class Pattern(StrEnum):
    """How the half-days of a training session lie (DOMAIN 7.4, 8, 9)."""

    THREE_DAYS = "three_days"
    """Three days one after the other, each with a morning and an afternoon."""
    TWO_AND_TWO = "two_and_two"
    """Two such days, weeks of practice, two days more."""
    TWO_HALVES = "two_halves"
    """Two mornings one after the other."""
    WEEKLY_HOUR = "weekly_hour"
    """One hour on the same day of each week."""


@dataclass(frozen=True)
class Wish:
    """What somebody asked for. `weeks` lie between the two parts, `times` is how often a weekly hour is held."""

    pattern: Pattern
    first: date
    starts: time
    weeks: int
    times: int


def proposed(wish: Wish, rest_days: Collection[int], holidays: Collection[date]) -> list[tuple[datetime, datetime]]:
    """Start and end of each half-day by the clock on the wall; `rest_days` are ISO weekdays.

    Empty when there is no working day within a year, or the day would run over midnight.
    """
    if wish.pattern is Pattern.WEEKLY_HOUR:
        days = _weekly(wish, rest_days, holidays)
        spans = [(datetime.combine(day, wish.starts), HOUR) for day in days]
    elif wish.pattern is Pattern.TWO_HALVES:
        spans = [(datetime.combine(day, wish.starts), HALF) for day in _in_a_row(wish.first, 2, rest_days, holidays)]
    else:
        days = _whole_days(wish, rest_days, holidays)
        spans = [(start, HALF) for day in days for start in _two_starts(datetime.combine(day, wish.starts))]
    half_days = [(start, start + length) for start, length in spans]
    return half_days if all(start.date() == end.date() for start, end in half_days) else []


def _two_starts(morning: datetime) -> tuple[datetime, datetime]:
    return morning, morning + HALF + LUNCH


def _whole_days(wish: Wish, rest_days: Collection[int], holidays: Collection[date]) -> list[date]:
    if wish.pattern is Pattern.THREE_DAYS:
        return _in_a_row(wish.first, 3, rest_days, holidays)
    before = _in_a_row(wish.first, 2, rest_days, holidays)
    if not before:
        return []
    return before + _in_a_row(before[0] + timedelta(weeks=wish.weeks + 1), 2, rest_days, holidays)


def _in_a_row(first: date, how_many: int, rest_days: Collection[int], holidays: Collection[date]) -> list[date]:
    """The next working days, from this one on."""
    days = (day for day in _from(first, 1) if day.isoweekday() not in rest_days and day not in holidays)
    return [day for _number, day in zip(range(how_many), days, strict=False)]


def _weekly(wish: Wish, rest_days: Collection[int], holidays: Collection[date]) -> list[date]:
    """The same weekday, without the weeks in which it is a holiday; none of it when it is a rest day: it moves on."""
    begins = _in_a_row(wish.first, 1, rest_days, ())
    days = (day for day in _from(begins[0], 7) if day not in holidays) if begins else iter(())
    return [day for _number, day in zip(range(wish.times), days, strict=False)]


def _from(first: date, step: int) -> Iterator[date]:
    last = date.max - timedelta(days=step)
    for _number in range(_FARTHEST):
        if first > last:
            return
        yield first
        first += timedelta(days=step)
