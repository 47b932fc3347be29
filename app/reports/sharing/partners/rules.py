"""Which sums may be shown of programmes: of enough people, out of enough factories. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.access.small_numbers import FEWEST
from app.reports.sharing import rules
from app.reports.sharing.rules import Told, Unit

FEWEST_FACTORIES = 5
"""Fewer factories than this are not told apart: who knows some of them could find the others."""
STEP = FEWEST * FEWEST_FACTORIES
"""Numbers of people are rounded down to this: what is left open of a sum is then more than all its parts leave open."""
LARGEST = 0.8
"""No factory makes up more than this of a number: else the number is that factory's."""


class Line(StrEnum):
    """What is counted, in the order of the page."""

    FACTORIES = "factories"
    PERSONS = "persons"
    PARTICIPATIONS = "participations"
    CERTIFICATION = "certification"
    COVERAGE = "coverage"


class Why(StrEnum):
    """Why a number is not shown."""

    FACTORIES = "factories"
    """Too few of them are behind it, or one is nearly all of it."""
    GUARD = "guard"
    """With it, another one that is not shown could be found."""


@dataclass
class Sum:
    """A number: `top` of `whole`, of so many people, and how much of it comes from each factory."""

    top: int = 0
    whole: int = 0
    persons: int = 0
    factories: dict[int, int] = field(default_factory=dict)

    @property
    def is_of_enough(self) -> bool:
        """Whether no factory can be recognised in it. What comes of none gives none away."""
        parts = self.factories.values()
        if not parts:
            return True
        return len(parts) >= FEWEST_FACTORIES and max(parts) <= LARGEST * sum(parts)


Cell = Told | Why


def said(line: Line, number: Sum) -> Told:
    """A number as it is shown: rounded down as everywhere outside, but for factories, which are no people."""
    if line is Line.FACTORIES:
        return Told(Unit.COUNT, len(number.factories), is_exact=True)
    if line is Line.PERSONS:
        return rules.people(min(number.persons, _beside_factories(number)), STEP)
    if line is Line.PARTICIPATIONS:
        return rules.people(number.whole if number.persons >= STEP else 0, STEP)
    if number.persons < STEP:
        return rules.share(0, number.whole)
    return rules.share(number.top, number.whole, STEP * -(-number.whole // number.persons))


def _beside_factories(number: Sum) -> int:
    """So many people at most are told of, so that no factory's own number becomes less rounded beside it."""
    return sum(rules.down(each) + FEWEST - 1 for each in number.factories.values()) - (FEWEST - 1)


def row(total: Sum, parts: Mapping[str, Sum], say: Callable[[Sum], Told]) -> tuple[Cell, dict[str, Cell]]:
    """The total and its parts. One part of too few factories hides all: the others and the total would tell it."""
    if not total.is_of_enough:
        return Why.FACTORIES, dict.fromkeys(parts, Why.GUARD)
    if all(part.is_of_enough for part in parts.values()):
        return say(total), {value: say(part) for value, part in parts.items()}
    return say(total), {
        value: Why.GUARD if part.is_of_enough else Why.FACTORIES for value, part in parts.items()
    }  # fmt: skip
