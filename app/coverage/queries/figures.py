"""Figures of many factories in two statements: those who are active, and those who were certified."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.completions.models import Completion
from app.coverage.models import Holding, Requirement
from app.coverage.queries.conditions import At, has_role, holds, works_in_role
from app.coverage.queries.required import Required
from app.coverage.rules import Figure
from app.factories.models import Employment, Factory, Person
from app.factories.rules import Sex
from app.platform.db import db

Figures = Mapping[tuple[int, int], list[Figure]]
"""(factory, course) -> figures by sex."""
SEXES = (Sex.F, Sex.M, Sex.OTHER, Sex.UNDISCLOSED, None)


def figures(
    factory_ids: Sequence[int], requirements: Sequence[Required], zones: Mapping[int, str], on: date | None = None
) -> Figures:
    """Counts by sex, now or at the end of a day. `zones` are those of the programmes. The caller has checked."""
    return _figures(factory_ids, requirements, zones, on, by_role=False)


def figures_by_role(
    factory: Factory, requirements: Sequence[Required], on: date | None = None
) -> Figures:
    """As `figures` for one factory, with the roles told apart."""
    zones = {factory.programme_id: factory.programme.zone}
    return _figures([factory.id], requirements, zones, on, by_role=True)


def role_figures(
    factory_ids: Sequence[int], requirements: Sequence[Required], zones: Mapping[int, str]
) -> Figures:
    """As `figures` now, with the roles told apart. The caller has checked the factories."""
    return _figures(factory_ids, requirements, zones, None, by_role=True)


def _figures(
    factory_ids: Sequence[int],
    requirements: Sequence[Required],
    zones: Mapping[int, str],
    on: date | None,
    *,
    by_role: bool,
) -> Figures:
    if not factory_ids or not requirements:
        return {}
    at = At(zones, on)
    found: dict[tuple[Any, ...], Figure] = {}
    for *key, active, covered, due_soon in db.session.execute(_active(factory_ids, requirements, at, by_role)):
        found[tuple(key)] = Figure(key[2], active, covered, due_soon, role=key[3])
    for *key, ever, lost in db.session.execute(_certified(factory_ids, requirements, at, by_role)):
        empty = Figure(key[2], role=key[3])
        found[tuple(key)] = replace(found.get(tuple(key), empty), ever=ever, lost=lost)
    return _by_cell(found)


def _by_cell(found: Mapping[tuple[Any, ...], Figure]) -> Figures:
    cells: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for (factory_id, course_id, *_), figure in found.items():
        cells[factory_id, course_id].append(figure)
    for rows in cells.values():
        rows.sort(key=lambda figure: (str(figure.role or ""), SEXES.index(figure.sex)))
    return cells


def _role(role: Any, by_role: bool) -> Any:
    return role if by_role else sa.null()


def _active(factory_ids: Sequence[int], requirements: Sequence[Required], at: At, by_role: bool) -> sa.Select[Any]:
    covered = sa.func.count(sa.distinct(Holding.person_id))
    lasts = sa.or_(Holding.valid_until.is_(None), Holding.valid_until > at.moment(soon=True))
    longer = sa.func.count(sa.distinct(sa.case((lasts, Holding.person_id))))  # of two holdings that one counts
    key = [Factory.id, Requirement.course_id, Person.sex, _role(Employment.role, by_role).label("role")]
    return (
        sa.select(
            *key,
            sa.func.count(sa.distinct(Employment.person_id)),
            covered,
            covered - longer,
        )
        .select_from(Employment)
        .join(Factory, Factory.id == Employment.factory_id)
        .join(Requirement, Requirement.programme_id == Factory.programme_id)
        .join(Person, Person.id == Employment.person_id)
        .outerjoin(Holding, holds(at))
        .where(Factory.id.in_(factory_ids), at.is_active, has_role(Employment.role, requirements))
        .group_by(*key[:3], *([Employment.role] if by_role else []))
    )


def _certified(factory_ids: Sequence[int], requirements: Sequence[Required], at: At, by_role: bool) -> sa.Select[Any]:
    """Everybody certified at a factory, in the role then or now; lost are those without an employment in the role."""
    role = sa.func.coalesce(Employment.role, Completion.role)
    key = [Factory.id, Requirement.course_id, Person.sex, _role(role, by_role).label("role")]
    gone = sa.case((Employment.id.is_(None), Completion.person_id))
    was_in_role = sa.or_(Employment.id.is_not(None), has_role(Completion.role, requirements))
    return (
        sa.select(
            *key, sa.func.count(sa.distinct(Completion.person_id)), sa.func.count(sa.distinct(gone))
        )
        .select_from(Completion)
        .join(Holding, Holding.completion_id == Completion.id)
        .join(Factory, Factory.id == Completion.factory_id)
        .join(
            Requirement,
            sa.and_(
                Requirement.programme_id == Factory.programme_id, Requirement.course_id == Completion.course_id
            ),
        )
        .join(Person, Person.id == Completion.person_id)
        .outerjoin(Employment, works_in_role(at, Completion.person_id, requirements))
        .where(Factory.id.in_(factory_ids), at.has_begun, was_in_role)
        .group_by(*key[:3], *([role] if by_role else []))
    )
