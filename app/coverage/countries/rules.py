"""Adding up factories. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.coverage.queries import Measure
from app.coverage.requirements.rules import WHOLE
from app.coverage.rules import Figure, total
from app.factories.rules import Sex


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


def added(measures: Iterable[Measure]) -> Sum:
    """One requirement at many factories. Where more are covered than there are, the factory counts as covered: what it
    has too many makes up for nobody elsewhere.
    """
    asked = [each for each in measures if each.denominator.people]
    figures = [figure for each in asked for figure in each.figures]
    whole, women = total(figures), total(each for each in figures if each.sex is Sex.F)
    met = sum(min(_met(each), each.denominator.people) for each in asked)
    return Sum(met, sum(each.denominator.people for each in asked), len(asked), whole, women)


def _met(measure: Measure) -> int:
    return measure.whole.met if measure.requirement.kind in WHOLE else measure.whole.covered
