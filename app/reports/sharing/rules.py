"""What may be shown outside, and how coarse (DOMAIN 5.3). Pure.

Every number of people is rounded down to whole fives, and a share is one of such numbers. What is shown of two consents
or on two days then differs by whole fives or not at all, so no difference tells of one person; and a longer period says
no more than its quarters, so no sum does. Statistical offices do the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from app.access.small_numbers import FEWEST
from app.reports.rules.period import Span, months_later

LONGEST = timedelta(days=365)
"""A link ends after a year at most."""
HOURS = FEWEST * 4
"""Hours are rounded down to this: five people, half a day each."""
WHOLE = 100
QUARTER = 3
"""So many months."""
PERIODS_BACK = 2
"""So many years are offered."""


class Aggregate(StrEnum):
    """All that a factory can show a buyer, in the order of the page. Never findings, names, answers or opinions."""

    COVERAGE = "coverage"
    PERSONS = "persons"
    PARTICIPATIONS = "participations"
    HOURS = "hours"
    CERTIFICATION = "certification"
    COMMITTEES = "committees"


class Unit(StrEnum):
    """How a shown number is read."""

    PERCENT = "percent"
    COUNT = "count"


@dataclass(frozen=True)
class Told:
    """A number as it is shown: at least so many, or exactly. None: about too few people to say."""

    unit: Unit
    value: int | None
    is_exact: bool = False

    @property
    def is_few(self) -> bool:
        return self.value is None


@dataclass(frozen=True)
class SharedFigure:
    """One line of what is shown."""

    aggregate: Aggregate
    told: Told
    titles: Mapping[str, str]
    """Of the requirement that coverage is of, by language; empty for everything else."""
    day: date | None
    """The day whose evening it describes; None for what happened in the whole period."""


@dataclass(frozen=True)
class Sums:
    """What happened in one factory in a period."""

    attended: int = 0
    persons: int = 0
    minutes: int = 0
    started: int = 0
    of_persons: int = 0
    certified: int = 0


def of_people(whole: Sums, quarters: Sequence[Sums]) -> dict[Aggregate, Told]:
    """What is said of a period that has these quarters, one or several: no more than they say together. Else who reads
    the year beside its quarters could find the few people of whom one of them says nothing: also that there are any.
    """
    said, apart = _rounded(whole), [_rounded(each) for each in quarters]
    of_enough = [each for each in quarters if each.of_persons >= FEWEST]
    started, missing = (sum(count(each) for each in of_enough) for count in (_started, _without))
    least = {each: min(said[each], sum(quarter[each] for quarter in apart)) for each in said}
    return {
        **{each: Told(Unit.COUNT, number or None) for each, number in least.items()},
        Aggregate.CERTIFICATION: share_of(started, missing),
    }


def _rounded(sums: Sums) -> dict[Aggregate, int]:
    if sums.persons < FEWEST:
        return dict.fromkeys((Aggregate.PERSONS, Aggregate.PARTICIPATIONS, Aggregate.HOURS), 0)
    return {
        Aggregate.PERSONS: down(sums.persons), Aggregate.PARTICIPATIONS: down(sums.attended),
        Aggregate.HOURS: down(sums.minutes // 60, HOURS),
    }  # fmt: skip


def _started(sums: Sums) -> int:
    return down(sums.started)


def _without(sums: Sums) -> int:
    """Participations without a certificate, by whole fives of people: where somebody has several, more of them are one
    step. All of them, where nothing is said of the share.
    """
    step = FEWEST * -(-sums.started // sums.of_persons)
    missing = up(sums.started - sums.certified, step)
    return missing if down(sums.started, step) - missing >= step else up(sums.started, step)


def down(number: int, step: int = FEWEST) -> int:
    """A number rounded down."""
    return number // step * step


def up(number: int, step: int = FEWEST) -> int:
    """A number rounded up."""
    return -(-number // step) * step


def people(number: int, step: int = FEWEST) -> Told:
    """A number of people, or of their participations."""
    return Told(Unit.COUNT, down(number, step) or None)


def share(top: int, of: int, step: int = FEWEST) -> Told:
    """A share in percent of people: at least so many, as the others are rounded up and all of them down. That it is all
    is said; that is nobody's alone.
    """
    return share_of(down(of, step), up(of - top, step), step)


def share_of(of: int, missing: int, step: int = FEWEST) -> Told:
    """A share of so many, of whom so many are missing, both rounded."""
    if of - missing < step:
        return Told(Unit.PERCENT, None)
    return Told(Unit.PERCENT, (of - missing) * WHOLE // of, is_exact=not missing)


def committees(trained: int, members: Sequence[int]) -> Told:
    """How many of the committees with so many members are trained; none where one of them is small."""
    if not members or min(members) < FEWEST:
        return Told(Unit.COUNT, None)
    return Told(Unit.COUNT, trained, is_exact=True)


def stored(figure: SharedFigure) -> dict[str, Any]:
    """A figure as a consent keeps it: what is too few or too fine is not even kept."""
    told = figure.told
    return {
        "aggregate": figure.aggregate.value, "unit": told.unit.value, "value": told.value, "is_exact": told.is_exact,
        "titles": dict(figure.titles), "day": figure.day.isoformat() if figure.day else None,
    }  # fmt: skip


def read(kept: Mapping[str, Any]) -> SharedFigure:
    """A figure from how a consent keeps it."""
    return SharedFigure(
        Aggregate(kept["aggregate"]), Told(Unit(kept["unit"]), kept["value"], kept["is_exact"]), kept["titles"],
        date.fromisoformat(kept["day"]) if kept["day"] else None,
    )  # fmt: skip


def periods(day: date) -> list[Span]:
    """Quarters, half-years and years that were over on a day, the latest and shortest first: a closed list, so that
    nobody moves a period by a day to see who is in between.
    """
    found = []
    for months in (QUARTER, 6, 12):
        first = date(day.year - PERIODS_BACK, 1, 1)
        while (after := months_later(first, months)) <= day:
            found.append(Span(first, after - timedelta(days=1)))
            first = after
    return sorted(found, key=lambda each: (each.last, each.first), reverse=True)


def quarters_of(span: Span) -> list[Span]:
    """The quarters that a period of the list consists of."""
    firsts = [months_later(span.first, months) for months in range(0, months_of(span), QUARTER)]
    return [Span(first, months_later(first, QUARTER) - timedelta(days=1)) for first in firsts]


def months_of(span: Span) -> int:
    """How many months a period has."""
    return (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1


def key_of(span: Span) -> str:
    """A period as forms and addresses name it."""
    return f"{span.first}_{span.last}"


def end_of(day: date, zone: str) -> datetime:
    """The midnight with which a day ends on the walls of a zone."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone)).astimezone(UTC)


def day_ending(moment: datetime, zone: str) -> date:
    """The day that ends with this moment there."""
    return moment.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)


def is_last_day_fine(last_day: date, day: date) -> bool:
    """Whether a link that works until the end of a day ends within a year."""
    return day <= last_day <= day + LONGEST

