"""The people behind a figure."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.completions.models import Completion
from app.coverage.models import Holding, Requirement
from app.coverage.queries.conditions import At, has_role, holds, works_in_role
from app.coverage.queries.required import Required
from app.coverage.rules import Group
from app.factories.models import Employment, Factory, Line, Person
from app.factories.rules import Sex

_NAMES = (Person.id.label("person_id"), Person.name, Person.local_name, Person.language, Person.sex)


def people(
    factory: Factory, requirement: Required, group: Group, on: date | None = None, sex: Sex | None = None
) -> sa.Select[Any]:
    """People of one group by name: names, sex, role, line, valid_until. The caller has checked the factory."""
    at = At({factory.programme_id: factory.programme.zone}, on)
    statement = _lost(requirement, at) if group is Group.LOST else _active(requirement, at, group)
    statement = statement.where(Factory.id == factory.id, Requirement.id == requirement.id)
    if sex is not None:
        statement = statement.where(Person.sex == sex)
    return _first(statement)


def _active(requirement: Required, at: At, group: Group) -> sa.Select[Any]:
    """With the holding that ends last: two of one course are valid after two entries of a person were joined."""
    is_covered = Holding.id.is_not(None)
    place = sa.func.row_number().over(
        partition_by=Person.id, order_by=(Holding.valid_until.desc().nulls_first(), Employment.id, Holding.id)
    )
    columns: list[Any] = [
        *_NAMES, Employment.role.label("role"), Line.name.label("line"), Holding.valid_until.label("valid_until"),
        Person.search_text, place.label("place"),
    ]  # fmt: skip
    return (
        sa.select(*columns)
        .select_from(Employment)
        .join(Factory, Factory.id == Employment.factory_id)
        .join(Requirement, Requirement.programme_id == Factory.programme_id)
        .join(Person, Person.id == Employment.person_id)
        .outerjoin(Line, Line.id == Employment.line_id)
        .outerjoin(Holding, holds(at))
        .where(at.is_active, has_role(Employment.role, [requirement]))
        .where(is_covered if group is Group.COVERED else ~is_covered)
    )


def _lost(requirement: Required, at: At) -> sa.Select[Any]:
    """As they were on the day of their completion."""
    newest = sa.func.row_number().over(partition_by=Person.id, order_by=Completion.completed_at.desc())
    columns: list[Any] = [
        *_NAMES, Completion.role.label("role"), Completion.line.label("line"),
        Holding.valid_until.label("valid_until"), Person.search_text, newest.label("place"),
    ]  # fmt: skip
    return (
        sa.select(*columns)
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
        .outerjoin(Employment, works_in_role(at, Completion.person_id, [requirement]))
        .where(at.has_begun, Employment.id.is_(None), has_role(Completion.role, [requirement]))
    )


def _first(statement: sa.Select[Any]) -> sa.Select[Any]:
    """One row a person, by name."""
    rows = statement.subquery()
    shown = [column for column in rows.c if column.name not in {"place", "search_text"}]
    return sa.select(*shown).where(rows.c.place == 1).order_by(rows.c.search_text, rows.c.person_id)
