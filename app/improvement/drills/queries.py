"""Reading drills. Unless an actor is asked for, the caller has checked the factory."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.improvement.drills.models import Drill
from app.improvement.drills.rules import DrillKind
from app.platform.db import db
from app.platform.refusal import NotFound


def standing() -> sa.ColumnElement[bool]:
    """Entries that tell of a drill and that no other took back."""
    later = aliased(Drill)
    return sa.and_(Drill.withdraws_id.is_(None), ~sa.exists().where(later.withdraws_id == Drill.id))


def listed(factory_id: int, kind: DrillKind | None = None) -> sa.Select[Any]:
    """The drills of a factory that count, the latest day first."""
    statement = sa.select(Drill).where(Drill.factory_id == factory_id, standing())
    if kind is not None:
        statement = statement.where(Drill.kind == kind)
    return statement.order_by(Drill.held_on.desc(), Drill.id.desc())


def one(factory_id: int, drill_id: int) -> Drill:
    """An entry about a drill. Raises NotFound."""
    found = db.session.scalar(
        sa.select(Drill).where(Drill.id == drill_id, Drill.factory_id == factory_id, Drill.withdraws_id.is_(None))
    )
    if found is None:
        raise NotFound
    return found


def withdrawn_by(drill_id: int) -> Drill | None:
    """The entry that took another back."""
    return db.session.scalar(sa.select(Drill).where(Drill.withdraws_id == drill_id))


def days_held(factory_ids: Collection[int], since: date, until: date) -> dict[tuple[int, DrillKind], list[date]]:
    """The days between two on which these factories held drills that count, by factory and kind, in order: what a
    requirement of a drill every so many months asks for (`rules.is_held_often_enough`). One statement.
    """
    rows = db.session.execute(
        sa.select(Drill.factory_id, Drill.kind, Drill.held_on)
        .where(Drill.factory_id.in_(factory_ids), Drill.held_on.between(since, until), standing())
        .order_by(Drill.held_on, Drill.id)
    )
    found: dict[tuple[int, DrillKind], list[date]] = defaultdict(list)
    for factory_id, kind, day in rows:
        found[factory_id, kind].append(day)
    return dict(found)


def last_held(factory_id: int) -> dict[DrillKind, date]:
    """When a factory last held a drill of each kind. One statement."""
    rows = db.session.execute(
        sa.select(Drill.kind, sa.func.max(Drill.held_on))
        .where(Drill.factory_id == factory_id, standing())
        .group_by(Drill.kind)
    )
    return {row[0]: row[1] for row in rows}
