"""What the portfolio reads: each in a fixed number of statements, however many factories there are."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.completions.models import Completion
from app.factories.models import Factory, RosterImport
from app.factories.queries import open_on, visible_factories
from app.factories.rules import ImportState
from app.platform.db import db


def factories(actor: Actor, on: date | None = None) -> Sequence[Factory]:
    """The factories whose coverage the actor sees, by name; not those that are closed, or were on a day. One
    statement.
    """
    statement = visible_factories(actor, Permission.COVERAGE_READ).options(
        joinedload(Factory.programme), joinedload(Factory.group)
    )
    own = statement.where(open_on(on))
    return db.session.scalars(own.order_by(Factory.name, Factory.id)).all()


def rosters(factory_ids: Collection[int]) -> Mapping[int, datetime]:
    """When the last staff list of each was applied. One statement."""
    latest = sa.func.max(RosterImport.applied_at, type_=RosterImport.applied_at.type)
    rows = db.session.execute(
        sa.select(RosterImport.factory_id, latest)
        .where(RosterImport.factory_id.in_(factory_ids), RosterImport.state == ImportState.APPLIED)
        .group_by(RosterImport.factory_id)
    )
    return {number: moment for number, moment in rows if moment}


def last_completed(factory_ids: Collection[int], course_ids: Collection[int]) -> Mapping[tuple[int, int], date]:
    """On which day, by UTC, somebody of a factory completed a course the last time. One statement."""
    latest = sa.func.max(Completion.completed_at, type_=Completion.completed_at.type)
    place: list[Any] = [Completion.factory_id, Completion.course_id]
    rows = db.session.execute(
        sa.select(*place, latest)
        .where(
            Completion.factory_id.in_(factory_ids), Completion.course_id.in_(course_ids),
            Completion.withdrawn_at.is_(None),
        )
        .group_by(*place)
    )  # fmt: skip
    return {(row[0], row[1]): row[2].date() for row in rows}
