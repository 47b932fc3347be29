"""Which days a calendar shows, where its weeks begin, and what of a full day is shown. Pure."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from app.factories.structure.rules import WEEK, is_rest_day


class View(StrEnum):
    """How much of the calendar is seen, and how."""

    MONTH = "month"
    WEEK = "week"
    AGENDA = "agenda"
    """A list of the days on which there is something, two weeks from a day on."""


_DAY, _LENGTH = timedelta(days=1), {View.WEEK: timedelta(days=7), View.AGENDA: timedelta(days=14)}
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years that a calendar shows; every day of them has a month before and after it."""
MOST = {View.MONTH: 4, View.WEEK: 20, View.AGENDA: 100}
"""So many half-days of one day are shown in a month and in a week, and so many in the whole of an agenda."""


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both shown."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> list[date]:
        return [self.first + _DAY * number for number in range((self.last - self.first).days + 1)]

    @property
    def weeks(self) -> list[list[date]]:
        """The days seven by seven."""
        days = self.days
        return [days[start : start + 7] for start in range(0, len(days), 7)]


def first_weekday(rest_days: Collection[int]) -> int:
    """The ISO weekday on which a week begins: the first working day after the longest rest; Monday without any rest.

    Where factories rest on Friday a week begins on Saturday; where they rest on Friday and Saturday, on Sunday.
    """
    rests = set(rest_days)
    if not rests or rests >= set(WEEK):
        return 1
    begins = [day for day in WEEK if day not in rests and _before(day) in rests]
    return max(begins, key=lambda day: (_rest_before(day, rests), -day))


def _before(weekday: int) -> int:
    return (weekday - 2) % 7 + 1


def _rest_before(weekday: int, rests: Collection[int]) -> int:
    """How many days in a row nobody works before this weekday."""
    length, day = 0, _before(weekday)
    while day in rests:
        length, day = length + 1, _before(day)
    return length


def week_of(day: date, begins: int) -> date:
    """The first day of the week in which a day lies, when weeks begin on this ISO weekday."""
    return day - _DAY * ((day.isoweekday() - begins) % 7)


def month_of(day: date) -> Span:
    """The days of the month, and no others."""
    return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def span(view: View, day: date, begins: int) -> Span:
    """What a view of this day shows: whole weeks for a month and a week, an agenda from the day itself on."""
    if view is View.AGENDA:
        return Span(day, day + _LENGTH[view] - _DAY)
    inner = month_of(day) if view is View.MONTH else Span(day, day)
    return Span(week_of(inner.first, begins), week_of(inner.last, begins) + _LENGTH[View.WEEK] - _DAY)


def step(view: View, day: date, direction: int) -> date:
    """A day of what comes before (-1) or after (1) what a view of `day` shows."""
    if view is not View.MONTH:
        return day + direction * _LENGTH[view]
    first = day.replace(day=1)
    return (first - _DAY).replace(day=1) if direction < 0 else (first + 31 * _DAY).replace(day=1)


def asked_day(text: str, today: date) -> date:
    """The day that an address asks for, or today when it names none that a calendar shows."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else today


def local_day(starts: datetime, zone: str, starts_at: datetime, here: str) -> date:
    """The day on which a half-day begins for who reads the calendar of a zone: `starts` is the wall time at `zone`."""
    return starts.date() if zone == here else starts_at.astimezone(ZoneInfo(here)).date()


class HasDay(Protocol):
    """Whatever lies on one day."""

    @property
    def day(self) -> date: ...


Entry = TypeVar("Entry", bound=HasDay)


@dataclass(frozen=True)
class Rest:
    """Why a day is a day of rest: every week, or a holiday by its names; a provisional one may move by a day."""

    is_weekly: bool = False
    names: Mapping[str, str] | None = None
    is_provisional: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether nobody works."""
        return self.is_weekly or (self.names is not None and not self.is_provisional)


WORKING = Rest()


def rest_of(day: date, rest_days: Collection[int], holidays: Mapping[date, Rest]) -> Rest:
    """What is known of a day; a holiday on a weekly rest day is both."""
    found = holidays.get(day, WORKING)
    return Rest(is_rest_day(day, rest_days), found.names, found.is_provisional)


@dataclass(frozen=True)
class Day(Generic[Entry]):
    """One day of the calendar; `more` half-days are not shown."""

    day: date
    rest: Rest
    entries: Sequence[Entry]
    more: int
    is_outside: bool
    """It belongs to the month before or after the one that is looked at."""


def lay_out(
    within: Span,
    entries: Iterable[Entry],
    *,
    most: int,
    rest_days: Collection[int],
    holidays: Mapping[date, Rest],
    month: int | None = None,
) -> list[Day[Entry]]:
    """Every day of the span with at most so many of its entries, which keep their order. `month`: the one looked at."""
    by_day: dict[date, list[Entry]] = {day: [] for day in within.days}
    for entry in entries:
        if entry.day in by_day:
            by_day[entry.day].append(entry)
    return [
        Day(
            day=day,
            rest=rest_of(day, rest_days, holidays),
            entries=found[:most],
            more=max(0, len(found) - most),
            is_outside=month is not None and day.month != month,
        )
        for day, found in by_day.items()
    ]


def only_first(days: Iterable[Day[Entry]], most: int) -> list[Day[Entry]]:
    """Days with something in them, with at most so many entries together; what comes after them is counted as more."""
    left, shown = most, []
    for day in days:
        if day.entries:
            kept = day.entries[:left]
            left -= len(kept)
            more = day.more + len(day.entries) - len(kept)
            shown.append(Day(day.day, day.rest, kept, more, day.is_outside))
    return shown
