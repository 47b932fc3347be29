"""One factory: each requirement with its figures and whom they are measured against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.coverage.denominators import Denominator, Source, denominator
from app.coverage.queries.figures import Counted, counted
from app.coverage.queries.required import Required, requirements_of
from app.coverage.requirements.rules import WHOLE, Kind
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
    """Every requirement of the programme of a factory, now or as printed when a day ended. Five statements; six more
    where the factory declared a headcount and nobody is known by name. The caller has checked the factory.
    """
    return measures_of([factory], requirements_of(factory, on), on)[factory.id]


def measures_of(
    factories: Sequence[Factory], requirements: Sequence[Required], on: date | None = None
) -> Mapping[int, list[Measure]]:
    """The same of many factories, by their ids, given what their programmes require. As many statements, without those
    for the requirements.
    """
    zones = {factory.programme_id: factory.programme.zone for factory in factories}
    days = {number: instant(zone, on, now()).day for number, zone in zones.items()}
    found = counted([factory.id for factory in factories], requirements, zones, on)
    made: dict[int, list[Measure]] = {}
    for factory in factories:
        own = [each for each in requirements if each.programme_id == factory.programme_id]
        day = days[factory.programme_id]
        made[factory.id] = [_measure(found, factory, requirement, day) for requirement in own]
    return made


def _measure(found: Counted, factory: Factory, requirement: Required, day: date) -> Measure:
    figures = found.cells.get((factory.id, requirement.id), [])
    whole, kind, said = total(figures), requirement.kind, found.declared.get(factory.id)
    if kind in WHOLE:
        source = Source.LINES if kind is Kind.UNIT else Source.EVENTS
        return Measure(requirement, figures, Denominator(source, whole.units, day))
    heads = said.of(requirement.roles) if said and requirement.roles else None
    against = denominator(
        whole.active, whole.covered, day, heads, said.as_of if said else None, factory.programme.headcount_months,
        by_heads=(factory.id, requirement.id) in found.by_heads,
    )  # fmt: skip
    return Measure(requirement, figures, against)
