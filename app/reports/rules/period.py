"""From which day to which day a report is. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=5 * 366)
"""Longer reports are no reports."""
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
"""Days before and after are slips of the finger."""
LIFE = timedelta(hours=24)
"""How long a made file can be fetched."""


class Every(StrEnum):
    """How often somebody wants a report."""

    MONTH = "month"
    QUARTER = "quarter"

    @property
    def months(self) -> int:
        return 1 if self is Every.MONTH else 3


class Ending(StrEnum):
    """As what a report is made."""

    PDF = "pdf"
    XLSX = "xlsx"


class Failure(StrEnum):
    """Why a file was not made."""

    NO_ROOM = "no_room"
    GIVEN_UP = "given_up"
    NOT_PERMITTED = "not_permitted"
    """Whoever ordered it may no longer read it."""


@dataclass(frozen=True)
class Span:
    """A first and a last day, both included."""

    first: date
    last: date

    @property
    def after(self) -> date:
        """The first day that is no longer in it."""
        return self.last + timedelta(days=1)


def fault(span: Span) -> bool:
    """Whether no report can be made of it: it ends before it begins, is too long, or of no year of ours."""
    return not FIRST <= span.first <= span.last <= LAST or span.last - span.first > LONGEST


def quarter_before(day: date) -> Span:
    """The last whole quarter before a day."""
    return span_before(day, Every.QUARTER)


def span_before(day: date, every: Every) -> Span:
    """The last whole month or quarter that is over on a day."""
    first_month = (day.month - 1) // every.months * every.months + 1
    last = date(day.year, first_month, 1) - timedelta(days=1)
    return Span(months_before(last, every.months - 1), last)


def spans_since(day: date, every: Every, until: date) -> list[Span]:
    """The months or quarters that follow the one that ended on a day, and are over on another."""
    found: list[Span] = []
    first = day + timedelta(days=1)
    while (last := months_later(first, every.months) - timedelta(days=1)) < until:
        found.append(Span(first, last))
        first = last + timedelta(days=1)
    return found


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months before a day."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
