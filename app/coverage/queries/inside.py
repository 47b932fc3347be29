"""What lies behind the figure of one factory under one requirement: its lines, and how fast people leave the role."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.coverage.formulas import OnLine, exit_rate, months_between
from app.coverage.ledger.facts.reading import rows
from app.coverage.ledger.models import Movement
from app.coverage.queries.required import Required
from app.coverage.queries.summing import bound, is_booked, until
from app.factories.models import Employment, Factory, Line
from app.factories.rules import LineKind
from app.platform.clock import today

YEAR = timedelta(days=365)

_BY_LINE = (
    sa.select(Movement.line_id, Movement.part, sa.func.sum(Movement.active), sa.func.sum(Movement.valid))
    .where(
        Movement.factory_id == sa.bindparam("factory"), Movement.requirement_id == sa.bindparam("requirement"),
        Movement.line_id.is_not(None), Movement.person_id.is_not(None), is_booked(),
    )
    .group_by(Movement.line_id, Movement.part)
    .having(sa.func.sum(Movement.active) != 0)
    .order_by(Movement.line_id, Movement.part)
)  # fmt: skip
_LINES = sa.select(Line.id).where(
    Line.factory_id == sa.bindparam("factory"), Line.kind == LineKind.LINE,
    sa.or_(Line.closed_on.is_(None), Line.closed_on > sa.bindparam("day", type_=sa.Date())),
)  # fmt: skip
_STRETCHES = (
    sa.select(Employment.person_id, Employment.started_on, Employment.ended_on)
    .where(
        Employment.factory_id == sa.bindparam("factory"), Employment.role.in_(sa.bindparam("roles", expanding=True)),
        Employment.started_on <= sa.bindparam("day", type_=sa.Date()),
        sa.or_(Employment.ended_on.is_(None), Employment.ended_on > sa.bindparam("since", type_=sa.Date())),
    )
    .order_by(Employment.person_id, Employment.started_on)
)  # fmt: skip


def by_line(factory: Factory, requirement: Required, on: date | None = None) -> list[OnLine]:
    """People of each role on each line and section. One statement. The caller has checked the factory."""
    at = until({factory.programme_id: factory.programme.zone}, on)
    values = {"factory": factory.id, "requirement": requirement.id, **bound(at)}
    return [OnLine(*row) for row in rows(_BY_LINE, values)]


def open_lines(factory: Factory, on: date | None = None) -> list[int]:
    """Lines that are open on a day. One statement."""
    day = on or today(factory.programme.zone)
    return [row.id for row in rows(_LINES, {"factory": factory.id, "day": day})]


def monthly_exit(factory: Factory, requirement: Required, on: date | None = None) -> float | None:
    """Which share of those in the roles of a requirement leaves them in a month, over the year before a day; None where
    nobody worked in them. Who goes on in the same roles did not leave. One statement.
    """
    day = on or today(factory.programme.zone)
    values: dict[str, Any] = {"factory": factory.id, "roles": list(requirement.roles), "day": day, "since": day - YEAR}
    spells: dict[int, list[list[date | None]]] = {}
    for person_id, start, end in rows(_STRETCHES, values) if requirement.roles else ():
        own = spells.setdefault(person_id, [])
        if own and (own[-1][1] is None or start <= own[-1][1]):
            own[-1][1] = None if end is None or own[-1][1] is None else max(end, own[-1][1])
        else:
            own.append([start, end])
    exits, months = 0, 0.0
    for own in spells.values():
        for start, end in own:
            exits += end is not None and end <= day
            months += months_between(max(start or day, day - YEAR), min(end or day, day))
    return exit_rate(exits, months)
