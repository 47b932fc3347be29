"""The people behind a figure: exactly those of whom the ledger says that they are counted there."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from app.completions.models import Completion
from app.coverage.ledger.models import Movement
from app.coverage.queries.required import Required
from app.coverage.queries.summing import bound, is_booked, until
from app.coverage.rules import NEW_FOR, Group, instant
from app.factories.consents.queries import shares_history
from app.factories.models import Employment, Factory, Line, Person
from app.factories.rules import Sex
from app.platform.clock import now
from app.platform.db.types import UtcDateTime


def people(
    factory: Factory, requirement: Required, group: Group, on: date | None = None, sex: Sex | None = None,
    part: str | None = None, line_id: int | None = None, seen: sa.Select[int] | None = None,
) -> sa.Select[Any]:
    """People of one group by name: names, sex, role, line, since, valid_until, is_told. The caller has checked the
    factory. `sex`, `part` - role or side - and `line_id` leave out everybody else.

    `since` is when they began in the role, `valid_until` when what they completed ends, as far as `is_told`: what they
    completed there, at the factories `seen`, or elsewhere where they let the factory see it.
    """
    zone = factory.programme.zone
    at = instant(zone, on, now())
    counted = _counted(factory.id, requirement.id, group).subquery()
    ends = _ends(requirement, at.moment, factory.id, seen).subquery()
    statement: sa.Select[Any] = (
        sa.select(
            counted.c.person_id, _name().label("name"), Person.local_name, Person.language, counted.c.sex,
            counted.c.part.label("role"), Line.name.label("line"), since(factory.id, counted, at.day).label("since"),
            sa.case((ends.c.endless > 0, None), else_=ends.c.until).label("valid_until"),
            ends.c.person_id.is_not(None).label("is_told"),
        )
        .select_from(counted)
        .outerjoin(Person, Person.id == counted.c.person_id)
        .outerjoin(Line, Line.id == counted.c.line_id)
        .outerjoin(ends, ends.c.person_id == counted.c.person_id)
        .order_by(Person.search_text, counted.c.person_id)
        .params(**bound(until({factory.programme_id: zone}, on)))
    )
    asked = [(counted.c.sex, sex), (counted.c.part, part), (counted.c.line_id, line_id)]
    statement = statement.where(*(column == value for column, value in asked if value is not None))
    if group is Group.NEW:
        statement = statement.where(since(factory.id, counted, at.day) > at.day - NEW_FOR)
    return statement


def _counted(factory_id: int, requirement_id: int, group: Group) -> sa.Select[Any]:
    without = Movement.active - Movement.valid
    counted = sa.func.sum({
        Group.UNCOVERED: without, Group.NEW: without, Group.COVERED: Movement.valid, Group.DUE: Movement.due,
        Group.LOST: Movement.lost, Group.EVER: Movement.ever, Group.ACTIVE: Movement.active,
        Group.WAIVED: Movement.waived, Group.DUE_90: Movement.due_90,
    }[group])  # fmt: skip
    cell: list[Any] = [Movement.person_id, Movement.part, Movement.sex, Movement.line_id]
    return (
        sa.select(*cell)
        .where(
            Movement.factory_id == factory_id, Movement.requirement_id == requirement_id,
            Movement.person_id.is_not(None), is_booked(),
        )
        .group_by(*cell)
        .having(counted != 0)
    )  # fmt: skip


def _name() -> sa.ColumnElement[str]:
    """Somebody of a staff list that was taken back is nobody any more."""
    return sa.func.coalesce(Person.name, sa.literal("–"))


def _ends(requirement: Required, moment: Any, factory_id: int, seen: sa.Select[int] | None) -> sa.Select[Any]:
    """When what each person completed of these courses ends, the last of it that the factory may hear of."""
    told = [Completion.factory_id == factory_id, shares_history(Completion.person_id, factory_id)]
    columns: list[Any] = [
        Completion.person_id, sa.func.max(Completion.valid_until, type_=UtcDateTime()).label("until"),
        sa.func.count(sa.case((Completion.valid_until.is_(None), 1))).label("endless"),
    ]  # fmt: skip
    return (
        sa.select(*columns)
        .where(
            Completion.course_id.in_(requirement.rule.courses), Completion.completed_at <= moment,
            sa.or_(Completion.withdrawn_at.is_(None), Completion.withdrawn_at > moment),
            sa.or_(*told, *([] if seen is None else [Completion.factory_id.in_(seen)])),
        )
        .group_by(Completion.person_id)
    )  # fmt: skip


def since(factory_id: int, counted: sa.Subquery, day: date) -> sa.ScalarSelect[Any]:
    """The first day of the role that they were in on the day."""
    return (
        sa.select(sa.func.max(Employment.started_on))
        .where(
            Employment.factory_id == factory_id, Employment.person_id == counted.c.person_id,
            Employment.role == sa.cast(counted.c.part, sa.String), Employment.started_on <= day,
        )
        .scalar_subquery()
    )  # fmt: skip
