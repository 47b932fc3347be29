"""What may be shown outside, and how coarse (DOMAIN 5.3). Pure.

Every number of people is rounded down to whole fives, and every share to a step that is worth five people at least; all
of them is said as all. What is shown of two periods, of two consents or on two days then differs by whole fives or not
at all, so no difference tells of one person: there is no rule for pairs of figures. Statistical offices do the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.access.small_numbers import FEWEST
from app.reports.rules.period import Span, months_later

LONGEST = timedelta(days=365)
"""A link ends after a year at most."""
HOURS = FEWEST * 4
"""Hours are rounded down to this: five people, half a day each."""
STEPS = (1, 2, 5, 10, 20, 25, 50)
"""Steps of a share, in percent."""
WHOLE = 100
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


def people(number: int) -> Told:
    """A number of people, or of their participations."""
    return Told(Unit.COUNT, number // FEWEST * FEWEST or None)


def hours(minutes: int, persons: int) -> Told:
    """Hours of so many people."""
    return Told(Unit.COUNT, (minutes // 60 // HOURS * HOURS or None) if persons >= FEWEST else None)


def share(top: int, of: int, persons: int | None = None) -> Told:
    """A share in percent of `of`, which speak of so many persons, or are persons. All of them is said exactly."""
    size = of if persons is None else persons
    if size < FEWEST or top < FEWEST:
        return Told(Unit.PERCENT, None)
    if top == of:
        return Told(Unit.PERCENT, WHOLE, is_exact=True)
    step = next((each for each in STEPS if each * size >= FEWEST * WHOLE), WHOLE)
    return Told(Unit.PERCENT, top * WHOLE // of // step * step or None)


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
    for months in (3, 6, 12):
        first = date(day.year - PERIODS_BACK, 1, 1)
        while (after := months_later(first, months)) <= day:
            found.append(Span(first, after - timedelta(days=1)))
            first = after
    return sorted(found, key=lambda each: (each.last, each.first), reverse=True)


def months_of(span: Span) -> int:
    """How many months a period has."""
    return (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1


def key_of(span: Span) -> str:
    """A period as forms and addresses name it."""
    return f"{span.first}_{span.last}"


def is_last_day_fine(last_day: date, day: date) -> bool:
    """Whether a link that works until the end of a day ends within a year."""
    return day <= last_day <= day + LONGEST

