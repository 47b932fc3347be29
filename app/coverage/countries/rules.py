"""Adding up factories. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.coverage.queries import Measure
from app.coverage.requirements.rules import Kind
from app.coverage.rules import Figure, total
from app.factories.rules import Sex

WHOLE = {Kind.UNIT, Kind.CADENCE}
"""Kinds that ask something of lines or of the factory itself, not of its people."""


@dataclass(frozen=True)
class Sum:
    """So much of so much, over many factories. `factories` are those of which somebody or something is asked."""

    met: int
    of: int
    factories: int
    whole: Figure
    women: Figure

    @property
    def share(self) -> float | None:
        return self.met / self.of if self.of else None

    @property
    def women_share(self) -> float | None:
        """Women among the covered."""
        return self.women.covered / self.whole.covered if self.whole.covered else None


def share_of(kind: Kind, figure: Figure) -> float | None:
    """Lines or events met of those there are, else people covered of those who are active."""
    met, of = (figure.met, figure.units) if kind in WHOLE else (figure.covered, figure.active)
    return met / of if of else None


def added(measures: Iterable[Measure]) -> Sum:
    """One requirement at many factories."""
    asked = [each for each in measures if each.denominator.people]
    figures = [figure for each in asked for figure in each.figures]
    whole, women = total(figures), total(each for each in figures if each.sex is Sex.F)
    is_whole = any(each.requirement.kind in WHOLE for each in asked)
    met = whole.met if is_whole else whole.covered
    return Sum(met, sum(each.denominator.people for each in asked), len(asked), whole, women)
