"""Days of rest, codes, and the balance of a committee. Pure.

Weekly rest days come from the factory or its programme and never from a library of locales: those give Saturday and
Sunday to Bangladesh, where factories rest on Friday (DOMAIN 7.4).
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from app.factories.rules import Sex, Side

_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,18}[A-Z0-9])?")
RESERVED_CODES = frozenset({"NEW"})
"""Words that are pages of their own where a code could stand."""
WEEK = range(1, 8)
"""ISO weekdays: Monday is 1."""


class SupportTier(StrEnum):
    """How much support a factory gets: the more it needs, the more of it in person."""

    STANDARD = "standard"
    ADVANCED = "advanced"
    INTENSIVE = "intensive"


class EngagementMode(StrEnum):
    """How the programme works with a factory now (DOMAIN 2.8)."""

    ON_SITE = "on_site"
    HYBRID = "hybrid"
    VIRTUAL = "virtual"


class RestsOn(Protocol):
    """Whatever has weekly rest days: None means that it follows another."""

    @property
    def rest_days(self) -> list[int] | None: ...


def rest_days_of(factory: RestsOn, programme: RestsOn) -> frozenset[int]:
    """ISO weekdays on which a factory rests: its own, or where it has none of its own those of the programme."""
    own = factory.rest_days
    return frozenset((programme.rest_days if own is None else own) or ())


def is_rest_day(day: date, rest_days: Collection[int], holidays: Collection[date] = ()) -> bool:
    """Whether nobody works on a day. Pass only the holidays that are certain: a provisional one warns, never blocks."""
    return day.isoweekday() in rest_days or day in holidays


def working_days_before(day: date, number: int, rest_days: Collection[int], holidays: Collection[date] = ()) -> date:
    """The day that lies so many working days before another, which itself does not count; the day itself for 0.

    Raises ValueError where every day of the week is one of rest, and for a negative number.
    """
    if set(WEEK) <= set(rest_days):
        raise ValueError("there is no working day in the week")
    if number < 0:
        raise ValueError("a negative number of days")
    while number:
        day -= timedelta(days=1)
        number -= not is_rest_day(day, rest_days, holidays)
    return day


def plain_code(text: str | None) -> str:
    """A code as it is kept: capital letters, no spaces at the ends."""
    return (text or "").strip().upper()


def is_code(code: str) -> bool:
    """Whether a code has 1 to 20 letters, digits and hyphens, and is no page of its own."""
    return bool(_CODE.fullmatch(code)) and code not in RESERVED_CODES


def holds_on(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Whether something holds on a day; `ends_on` is the last day."""
    return starts_on <= day and (ends_on is None or day <= ends_on)


@dataclass(frozen=True)
class Balance:
    """Who sits on a committee on a day."""

    management: int
    workers: int
    women: int
    known_sex: int

    @property
    def members(self) -> int:
        return self.management + self.workers

    @property
    def is_even(self) -> bool:
        """As many members speak for the workers as for the management, as a bipartite committee should have it."""
        return self.management == self.workers

    @property
    def women_share(self) -> float | None:
        """Women among the members whose sex is known; None where it is known of nobody."""
        return self.women / self.known_sex if self.known_sex else None


def balance(members: Iterable[tuple[Side, Sex | None]]) -> Balance:
    """The balance of the members, given each one's side and sex."""
    listed = list(members)
    sides, sexes = [side for side, _ in listed], [sex for _, sex in listed]
    known = sum(sex in {Sex.F, Sex.M, Sex.OTHER} for sex in sexes)
    return Balance(sides.count(Side.MANAGEMENT), sides.count(Side.WORKER), sexes.count(Sex.F), known)


@dataclass(frozen=True)
class Term:
    """What held from a day on, until the day before the next of its kind."""

    value: str
    starts_on: date
    ends_on: date | None = None
    """The last day; None for the term without a next one."""


def history(terms: Sequence[tuple[date, str]]) -> list[Term]:
    """Terms of one kind with their last days, the latest first."""
    ordered = sorted(terms)
    ends = [*(start - timedelta(days=1) for start, _ in ordered[1:]), None][: len(ordered)]
    return [Term(value, start, end) for (start, value), end in zip(ordered, ends, strict=True)][::-1]


def term_on(terms: Sequence[Term], day: date) -> str | None:
    """What holds on a day; None before the first term."""
    return next((term.value for term in terms if holds_on(term.starts_on, term.ends_on, day)), None)
