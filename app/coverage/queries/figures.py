"""Figures of many factories, now or as they were printed when a day ended."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.coverage.queries.declared import Declared, declared
from app.coverage.queries.heads import Pair, by_heads
from app.coverage.queries.required import Required
from app.coverage.queries.summing import Within, summed, sums, until
from app.coverage.rules import Figure, instant, total
from app.factories.models import Factory
from app.factories.rules import Sex
from app.platform.clock import now

Figures = Mapping[tuple[int, int], list[Figure]]
"""(factory, requirement) -> figures by sex, and by role where roles are told apart."""
SEXES = (Sex.F, Sex.M, Sex.OTHER, Sex.UNDISCLOSED, None)

_KEYS = ("factory_id", "requirement_id", "part", "sex")
_BY_SEX = sums(_KEYS, Within.FACTORIES)


@dataclass(frozen=True)
class Counted:
    """Figures told apart by role and sex, with what the factories declared last."""

    cells: Figures
    declared: Mapping[int, Declared]
    by_heads: Set[Pair]
    """What is measured against the headcount. Where nobody of the factory is known by name, its active people are those
    it declared."""


def figures(
    factory_ids: Sequence[int], requirements: Sequence[Required], zones: Mapping[int, str], on: date | None = None
) -> Figures:
    """Counts by sex, now or at the end of a day. `zones` are those of the programmes. The caller has checked."""
    return {key: _by_sex(rows) for key, rows in counted(factory_ids, requirements, zones, on).cells.items()}


def figures_by_role(factory: Factory, requirements: Sequence[Required], on: date | None = None) -> Figures:
    """As `figures` for one factory, with the roles - of a committee the sides - told apart."""
    return counted([factory.id], requirements, {factory.programme_id: factory.programme.zone}, on).cells


def role_figures(
    factory_ids: Sequence[int], requirements: Sequence[Required], zones: Mapping[int, str]
) -> Figures:
    """As `figures` now, with the roles told apart. The caller has checked the factories."""
    return counted(factory_ids, requirements, zones).cells


def counted(
    factory_ids: Sequence[int], requirements: Sequence[Required], zones: Mapping[int, str], on: date | None = None
) -> Counted:
    """Three statements; six more where factories have a headcount and nobody by name, or nobody in the roles of a
    quota.
    """
    if not factory_ids or not requirements:
        return Counted({}, {}, frozenset())
    wanted = {row.id: row for row in requirements}
    cells: dict[Pair, list[Figure]] = defaultdict(list)
    by_name, named = set[int](), set[Pair]()
    for row in summed(_BY_SEX, Within.FACTORIES, factory_ids, until(zones, on)):
        if row.active or row.waived:
            by_name.add(row.factory_id)
        if row.active:
            named.add((row.factory_id, row.requirement_id))
        if row.requirement_id in wanted and any(row[len(_KEYS) :]):
            cells[row.factory_id, row.requirement_id].append(_figure(row))
    at = [instant(zone, on, now()) for zone in zones.values()]
    said = declared(factory_ids, max(each.day for each in at), max(each.moment for each in at))
    pairs = by_heads(said, by_name, named, requirements, on)
    for factory_id, number in pairs:
        if factory_id not in by_name:
            heads = _with_heads(cells.get((factory_id, number), []), said[factory_id], wanted[number])
            if heads:
                cells[factory_id, number] = heads
    for rows in cells.values():
        rows.sort(key=lambda figure: (figure.role or "", SEXES.index(figure.sex)))
    return Counted(cells, said, pairs)


def _figure(row: Any) -> Figure:
    return Figure(
        row.sex, row.active, row.valid, row.due, row.ever, row.lost, role=row.part, waived=row.waived,
        units=row.units, met=row.met, due_90=row.due_90,
    )  # fmt: skip


def _with_heads(known: Sequence[Figure], said: Declared, requirement: Required) -> list[Figure]:
    by_cell = {(each.role, each.sex): each for each in known}
    for (role, sex), people in said.counts.items():
        if role in requirement.roles and people:
            was = by_cell.get((role.value, sex), Figure(sex, role=role.value))
            by_cell[role.value, sex] = replace(was, active=people)
    return list(by_cell.values())


def _by_sex(rows: Sequence[Figure]) -> list[Figure]:
    sexes = {row.sex: [each for each in rows if each.sex == row.sex] for row in rows}
    return [replace(total(sexes[sex]), sex=sex) for sex in SEXES if sex in sexes]
