"""Programmes, read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.access.actor import Actor
from app.coverage import queries
from app.coverage.countries import queries as own
from app.coverage.countries.rules import Sum, added
from app.coverage.queries import Measure, Required, wide
from app.factories.models import Programme
from app.platform.clock import now
from app.sessions.service.queries import standing

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Standing:
    """A programme: its factories, and the share of each requirement by its code; None where nobody is asked."""

    programme: Programme
    factories: int
    shares: Mapping[str, float | None]


@dataclass(frozen=True)
class World:
    rows: Sequence[Standing]
    columns: Sequence[Required]


def world(actor: Actor, on: date | None) -> World:
    """Every programme in sight, as the pages of its factories say. Twenty statements at the most."""
    programmes = own.programmes(actor)
    zones = {each.id: each.zone for each in programmes}
    requirements = [each for each in queries.required(zones, on) if queries.sees(actor, each)]
    counts, found = own.factories_of(list(zones), on), wide.world(requirements, zones, on)
    rows = [
        Standing(
            programme, counts.get(programme.id, 0),
            {
                each.code: found[each.id].share if each.id in found else None
                for each in requirements if each.programme_id == programme.id
            },
        )
        for programme in programmes
    ]  # fmt: skip
    return World(rows, list({each.code: each for each in requirements}.values()))


@dataclass(frozen=True)
class Country:
    """One programme: each requirement in all its factories and tier by tier, and how its training goes."""

    programme: Programme
    requirements: Sequence[Required]
    sums: Mapping[str, Sum]
    by_tier: Mapping[str, Mapping[str, Sum]]
    """Tier - empty where none is set -> code -> sum. Nothing for a past day: tiers are those of today."""
    loads: Sequence[own.Load]
    cancelled: Sequence[Any]
    by_link: tuple[int, int]
    findings: Mapping[str, int]


def country(actor: Actor, programme: Programme, on: date | None) -> Country:
    """Twelve statements; six more where nobody is known by name. The caller has checked the programme."""
    factories, asked = own.factories([programme.id], on), queries.required([programme.id], on)
    requirements = [each for each in asked if queries.sees(actor, each)]
    measured, since = queries.measures_of(factories, requirements, on), now() - YEAR
    stands = {} if on else standing(factories)
    found: dict[str, list[Measure]] = defaultdict(list)
    tiers: dict[str, dict[str, list[Measure]]] = defaultdict(lambda: defaultdict(list))
    for factory in factories:
        for measure in measured[factory.id]:
            found[measure.requirement.code].append(measure)
            if not on:
                tiers[stands[factory.id][0] or ""][measure.requirement.code].append(measure)
    return Country(
        programme=programme,
        requirements=requirements,
        sums={code: added(measures) for code, measures in found.items()},
        by_tier={tier: {code: added(rows) for code, rows in own_.items()} for tier, own_ in sorted(tiers.items())},
        loads=own.loads(programme.id, since),
        cancelled=own.cancelled(programme.id, since),
        by_link=own.seats_by_link(programme.id, since),
        findings=own.open_findings(actor, programme.id),
    )
