"""Cycles, hours of service, what a rule of a tier asks, and the balance of an entitlement. Pure.

A factory that needs more support gets more of it in person (DOMAIN 2.2, 2.8); a cycle comes with training days and
seats in seminars (DOMAIN 2.6).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.factories.structure.rules import Term, history, term_on
from app.sessions.rules import Modality

MONTHS = 12
"""How long a cycle is, unless the next one begins earlier."""


class Kind(StrEnum):
    """What an entitlement is counted in."""

    HALF_DAYS = "half_days"
    """Training for the factory itself; two are a training day."""
    SEATS = "seats"
    """Places of its people in training that is open to several factories."""


class Payer(StrEnum):
    """Who pays for what is granted."""

    PROGRAMME = "programme"
    FACTORY = "factory"
    BRAND = "brand"
    DONOR = "donor"


class Cause(StrEnum):
    """Why an entry was written."""

    GRANTED = "granted"
    USED = "used"
    """A confirmed training session took it."""
    RETURNED = "returned"
    """The training session takes less than before, or nothing any more."""
    CORRECTED = "corrected"


class Concern(StrEnum):
    """What is wrong with the plan for a factory."""

    ONLY_BY_LINK = "only_by_link"
    """Its tier asks for service in person, and it is served by link alone."""
    TOO_FEW_HOURS = "too_few_hours"
    """What was held and what is planned in person are fewer hours than its tier asks for."""
    OVERDRAWN = "overdrawn"
    """More was taken than granted."""


@dataclass(frozen=True)
class Span:
    """A cycle; both days belong to it."""

    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def cycle_on(starts: Iterable[date], day: date) -> Span:
    """The cycle of a day, given the days on which cycles of the factory begin.

    A cycle lasts twelve months, or until the next begins; after the last, and before the first, they go on at the same
    day of the year. A factory without any follows the calendar year.
    """
    known = sorted(set(starts))
    before = [each for each in known if each <= day]
    anchor = before[-1] if before else (known[0] if known else date(day.year, 1, 1))
    years = day.year - anchor.year
    if _months_later(anchor, MONTHS * years) > day:
        years -= 1
    begins, ends = (_months_later(anchor, MONTHS * number) for number in (years, years + 1))
    following = [each for each in known if begins < each < ends]
    return Span(begins, min([ends, *following]) - timedelta(days=1))


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True)
class Half:
    """What one half-day is for one factory: how long, how it takes part, and whether it is over."""

    minutes: int
    modality: Modality
    is_over: bool


@dataclass(frozen=True)
class Hours:
    """Minutes of service in a cycle, held and still planned."""

    in_person_held: int = 0
    in_person_planned: int = 0
    by_link_held: int = 0
    by_link_planned: int = 0

    @property
    def in_person(self) -> int:
        return self.in_person_held + self.in_person_planned

    @property
    def by_link(self) -> int:
        return self.by_link_held + self.by_link_planned


def taken_part(half_day: Modality, seats: Iterable[Modality]) -> Modality:
    """How a factory takes part in a half-day: where some of its people come in person, that is service in person."""
    if half_day is not Modality.HYBRID:
        return half_day
    return Modality.IN_PERSON if Modality.IN_PERSON in set(seats) else Modality.VIRTUAL


def hours(halves: Iterable[Half]) -> Hours:
    """The sum of half-days."""
    sums = {(way, is_over): 0 for way in (Modality.IN_PERSON, Modality.VIRTUAL) for is_over in (True, False)}
    for half in halves:
        sums[half.modality, half.is_over] += half.minutes
    return Hours(
        in_person_held=sums[Modality.IN_PERSON, True],
        in_person_planned=sums[Modality.IN_PERSON, False],
        by_link_held=sums[Modality.VIRTUAL, True],
        by_link_planned=sums[Modality.VIRTUAL, False],
    )


def asked(rules: Iterable[tuple[str, date, int]], tier: str | None, day: date) -> int:
    """Hours in person that a tier asks for in a cycle on a day; 0 without a rule. `rules` are tier, from, hours."""
    held = [(starts_on, number) for each, starts_on, number in rules if each == tier and starts_on <= day]
    return max(held)[1] if held else 0


def mode_on(own: Sequence[Term], province: Sequence[tuple[date, str]], day: date) -> str | None:
    """The engagement mode of a factory on a day: its own where it has one, else that of its province."""
    return term_on(own, day) or term_on(history(province), day)


def concerns(hours_asked: int, served: Hours, balances: Mapping[Kind, int]) -> list[Concern]:
    """What is wrong, in this order. `balances` are what is left of each kind."""
    only_by_link = hours_asked > 0 and served.in_person == 0 and served.by_link > 0
    too_few = hours_asked * 60 > served.in_person and not only_by_link
    checks = (
        (only_by_link, Concern.ONLY_BY_LINK),
        (too_few, Concern.TOO_FEW_HOURS),
        (any(left < 0 for left in balances.values()), Concern.OVERDRAWN),
    )
    return [concern for fails, concern in checks if fails]
