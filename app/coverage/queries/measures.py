"""One factory: each requirement with its figures and whom they are measured against."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.coverage.denominators import Denominator, Source, denominator
from app.coverage.queries.figures import counted
from app.coverage.queries.required import Required, requirements_of
from app.coverage.requirements.rules import Kind
from app.coverage.rules import Figure, instant, total
from app.factories.models import Factory
from app.platform.clock import now


@dataclass(frozen=True)
class Measure:
    """A requirement at a factory; `figures` tell roles - of a committee sides - and sexes apart."""

    requirement: Required
    figures: Sequence[Figure]
    denominator: Denominator

    @property
    def whole(self) -> Figure:
        """Everybody together."""
        return total(self.figures)

    @property
    def share(self) -> float | None:
        """Covered of those there are, or units met of those there are; None where there is nobody."""
        if self.denominator.source in {Source.LINES, Source.EVENTS}:
            return self.whole.met / self.whole.units if self.whole.units else None
        return self.whole.covered / self.denominator.people if self.denominator.people else None

    @property
    def is_met(self) -> bool | None:
        """Whether the factory does what is asked; None where nobody is asked."""
        share = self.share
        return None if share is None else share * 100 >= self.requirement.rule.percent


def measures(factory: Factory, on: date | None = None) -> list[Measure]:
    """Every requirement that asks something of the factory, now or as printed when a day ended. Five statements; six
    more where the factory declared a headcount and nobody is known by name. The caller has checked the factory.
    """
    programme = factory.programme
    requirements = requirements_of(factory, on)
    day = instant(programme.zone, on, now()).day
    found = counted([factory.id], requirements, {programme.id: programme.zone}, on)
    said, by_heads = found.declared.get(factory.id), factory.id in found.by_heads
    made = []
    for requirement in requirements:
        figures = found.cells.get((factory.id, requirement.id), [])
        whole, kind = total(figures), requirement.kind
        if kind in {Kind.UNIT, Kind.CADENCE}:
            source = Source.LINES if kind is Kind.UNIT else Source.EVENTS
            against = Denominator(source, whole.units, day)
        else:
            heads = said.of(requirement.roles) if said and requirement.roles else None
            against = denominator(
                whole.active, whole.covered, day, heads, said.as_of if said else None, programme.headcount_months,
                by_heads=by_heads or kind is Kind.QUOTA,
            )
        made.append(Measure(requirement, figures, against))
    return made
