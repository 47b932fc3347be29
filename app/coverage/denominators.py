"""Whom coverage is measured against, and whether that can be believed (DOMAIN 6.2). Pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.coverage.ledger.rules import after
from app.factories.rules import Sex

MOST_APART = 10
"""Percent of the headcount by which the staff list may differ from it."""


class Source(StrEnum):
    """Where the number comes from."""

    ROSTER = "roster"
    HEADCOUNT = "headcount"
    LINES = "lines"
    EVENTS = "events"


@dataclass(frozen=True)
class Denominator:
    """So many people there are, according to the staff list or to what the factory declared."""

    source: Source
    people: int
    as_of: date
    is_old: bool = False
    """Declared longer ago than the programme allows."""
    disagrees: bool = False
    """Staff list and headcount differ by more than a tenth."""
    is_below: bool = False
    """More people are covered than there are."""


def denominator(
    active: int, covered: int, day: date, headcount: int | None, as_of: date | None, months: int, *,
    by_heads: bool = False,
) -> Denominator:  # fmt: skip
    """`active` are counted by name; `headcount` is what was declared of the same roles, None where nothing was.
    `by_heads`: the headcount is what is measured against, as a quota asks or where nobody is known by name.
    """
    if headcount is None or as_of is None:
        return Denominator(Source.ROSTER, active, day, is_below=covered > active)
    is_old = day >= after(as_of, months)
    if by_heads:
        return Denominator(Source.HEADCOUNT, headcount, as_of, is_old, is_below=covered > headcount)
    apart = abs(active - headcount) * 100 > MOST_APART * headcount
    return Denominator(Source.ROSTER, active, day, is_old, disagrees=apart, is_below=covered > active)


Cell = tuple[str | None, Sex | None]
"""Role and sex; None where they are not told apart."""


def fitted(heads: Mapping[Cell, int], covered: Mapping[Cell, int]) -> Mapping[Cell, tuple[int, int]]:
    """Declared people, and how many of them are covered, told apart as far as the headcount bears it: no sexes where it
    leaves that of some unsaid, neither sexes nor roles of which it has fewer than are covered. More than all are not
    counted.
    """
    is_said = all(sex is not None for _role, sex in heads)
    for has_role, has_sex in ((True, True), (True, False), (False, False))[0 if is_said else 1 :]:
        found: dict[Cell, list[int]] = defaultdict(lambda: [0, 0])
        for place, numbers in enumerate((heads, covered)):
            for (role, sex), number in numbers.items():
                found[role if has_role else None, sex if has_sex else None][place] += number
        if all(met <= people for people, met in found.values()):
            return {cell: (people, met) for cell, (people, met) in found.items()}
    people = sum(heads.values())
    return {(None, None): (people, people)}
