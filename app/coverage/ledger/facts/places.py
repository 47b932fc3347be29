"""What is asked of factories, and when."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.coverage.ledger.asking import Place, Version, asked
from app.coverage.ledger.facts.findings import open_findings
from app.coverage.ledger.facts.reading import ids, rows
from app.coverage.ledger.rules import Asked, Stretch
from app.coverage.models import Requirement
from app.coverage.requirements import documents
from app.coverage.requirements.models import RequirementVersion, RequirementWaiver
from app.factories.headcounts.models import Headcount, HeadcountCount
from app.factories.models import Factory, FactoryTerm, Programme
from app.factories.rules import TermKind
from app.platform.clock import today

FACTORIES = ids("factories")

_FACTORIES = (
    sa.select(Factory.id, Factory.programme_id, Factory.closed_on, Factory.products, Programme.zone)
    .join(Programme, Programme.id == Factory.programme_id)
    .where(Factory.id.in_(FACTORIES))
    .order_by(Factory.id)
)
_VERSIONS = (
    sa.select(
        Requirement.id, Requirement.programme_id, RequirementVersion.starts_on, RequirementVersion.ends_on,
        RequirementVersion.rule, RequirementVersion.scope,
    )
    .join(RequirementVersion, RequirementVersion.requirement_id == Requirement.id)
    .where(Requirement.programme_id.in_(ids("programmes")))
    .order_by(Requirement.id, RequirementVersion.number)
)  # fmt: skip
_TIERS = (
    sa.select(FactoryTerm.factory_id, FactoryTerm.starts_on, FactoryTerm.value)
    .where(FactoryTerm.factory_id.in_(FACTORIES), FactoryTerm.kind == TermKind.SUPPORT_TIER)
    .order_by(FactoryTerm.starts_on)
)
_HEADCOUNTS = (
    sa.select(Headcount.factory_id, Headcount.as_of, Headcount.shifts, sa.func.sum(HeadcountCount.people))
    .outerjoin(HeadcountCount, HeadcountCount.headcount_id == Headcount.id)
    .where(Headcount.factory_id.in_(FACTORIES))
    .group_by(Headcount.id)
    .order_by(Headcount.as_of, Headcount.is_revision, Headcount.number)  # the one that counts comes last
)
_WAIVERS = (
    sa.select(
        RequirementWaiver.requirement_id, RequirementWaiver.factory_id, RequirementWaiver.person_id,
        RequirementWaiver.starts_on, RequirementWaiver.ends_on,
    )
    .where(RequirementWaiver.factory_id.in_(FACTORIES))
    .order_by(RequirementWaiver.starts_on, RequirementWaiver.id)
)  # fmt: skip

Waivers = Mapping[tuple[int, int, int | None], Sequence[Stretch]]
"""(requirement, factory, person or None for everybody) -> when nobody asks."""


@dataclass(frozen=True)
class Spot:
    """A factory, what is asked of it by requirement, and the day of its programme."""

    factory_id: int
    zone: ZoneInfo
    today: date
    asked: Mapping[int, tuple[Asked, ...]]
    shifts: Sequence[tuple[date, int]]


def spots(factory_ids: Collection[int], requirement_id: int | None = None) -> tuple[dict[int, Spot], Waivers]:
    """What is asked of these factories, by factory, and every waiver there; six statements at the most.

    Factories of which nothing was ever asked are left out.
    """
    found = rows(_FACTORIES, {"factories": list(factory_ids)})
    versions = _versions({row.programme_id for row in found}, requirement_id)
    found = [row for row in found if versions.get(row.programme_id)]
    if not found:
        return {}, {}
    places, shifts = _places(found, [each for own in versions.values() for each in own.values()])
    waived = _waived([row.id for row in found])
    made = {
        row.id: Spot(
            row.id, ZoneInfo(row.zone), today(row.zone),
            {
                number: asked(said, places[row.id], waived.get((number, row.id, None), ()))
                for number, said in versions[row.programme_id].items()
            },
            shifts.get(row.id, ()),
        )
        for row in found
    }  # fmt: skip
    return made, waived


def _versions(programmes: Collection[int], requirement_id: int | None) -> dict[int, dict[int, list[Version]]]:
    found: dict[int, dict[int, list[Version]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(_VERSIONS, {"programmes": list(programmes)}):
        if requirement_id in {None, row.id}:
            said = Version(row.starts_on, row.ends_on, documents.rule(row.rule), documents.scope(row.scope))
            found[row.programme_id][row.id].append(said)
    return found


def _places(
    found: Sequence[Any], versions: Collection[Sequence[Version]]
) -> tuple[dict[int, Place], Mapping[int, Sequence[tuple[date, int]]]]:
    """What the scopes of these versions look at; what none looks at is not read."""
    said = [each for own in versions for each in own]
    numbers = [row.id for row in found]
    tiers: dict[int, list[tuple[date, str]]] = defaultdict(list)
    if any(each.scope.tiers for each in said):
        for row in rows(_TIERS, {"factories": numbers}):
            tiers[row.factory_id].append((row.starts_on, row.value))
    is_sized = any(each.scope.smallest is not None or each.scope.largest is not None for each in said)
    sizes, shifts = _sizes(numbers) if is_sized or any(each.rule.per_shift for each in said) else ({}, {})
    points = {point for each in said for point in each.rule.points}
    findings = open_findings(numbers, points) if points else {}
    places = {
        row.id: Place(
            row.closed_on, tiers[row.id], sizes.get(row.id, ()), frozenset(row.products), findings.get(row.id, {})
        )
        for row in found
    }
    return places, shifts


def _sizes(
    factory_ids: Sequence[int],
) -> tuple[Mapping[int, Sequence[tuple[date, int]]], Mapping[int, Sequence[tuple[date, int]]]]:
    """People and shifts that each factory declared, from which day on."""
    people: dict[int, dict[date, int]] = defaultdict(dict)
    shifts: dict[int, dict[date, int]] = defaultdict(dict)
    for factory_id, day, number, total in rows(_HEADCOUNTS, {"factories": list(factory_ids)}):
        people[factory_id][day] = total or 0
        shifts[factory_id][day] = number or 1
    return _in_order(people), _in_order(shifts)


def _in_order(known: Mapping[int, Mapping[date, int]]) -> dict[int, list[tuple[date, int]]]:
    return {factory_id: sorted(days.items()) for factory_id, days in known.items()}


def _waived(factory_ids: Sequence[int]) -> Waivers:
    found: dict[tuple[int, int, int | None], list[Stretch]] = defaultdict(list)
    for row in rows(_WAIVERS, {"factories": list(factory_ids)}):
        found[row.requirement_id, row.factory_id, row.person_id].append(Stretch(row.starts_on, row.ends_on))
    return found
