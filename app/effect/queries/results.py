"""Comparisons that were ordered and made."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.effect.models import EffectResult
from app.factories.models import Factory, Programme
from app.factories.queries import within
from app.platform.clock import now
from app.platform.db import db

LONGEST = timedelta(hours=6)
"""No comparison takes so long."""


def latest(programme_id: int, factory_id: int | None) -> EffectResult | None:
    """The latest comparison that is finished."""
    return _latest(programme_id, factory_id, EffectResult.made_at.is_not(None))


def was_ordered(programme_id: int) -> bool:
    """Whether all factories of a programme were ever to be compared together."""
    return _latest(programme_id, None) is not None


def is_comparing(programme_id: int, factory_id: int | None) -> bool:
    """Whether the last comparison that was ordered is being made. What is not there after `LONGEST` will not come."""
    last = _latest(programme_id, factory_id)
    return last is not None and last.made_at is None and last.ordered_at > now() - LONGEST


def _latest(programme_id: int, factory_id: int | None, *wanted: sa.ColumnElement[bool]) -> EffectResult | None:
    statement = sa.select(EffectResult).where(
        EffectResult.programme_id == programme_id, EffectResult.factory_id.is_not_distinct_from(factory_id), *wanted)
    return db.session.scalar(statement.order_by(EffectResult.id.desc()).limit(1))


def made_from() -> dict[tuple[int, int | None], Any]:
    """From what the latest comparison of each programme and factory was made: the marks of the data. One statement."""
    rows = db.session.execute(
        sa.select(EffectResult.programme_id, EffectResult.factory_id, EffectResult.found["marks"])
        .where(EffectResult.made_at.is_not(None))
        .order_by(EffectResult.id))
    return {(programme_id, factory_id): marks for programme_id, factory_id, marks in rows}


def programmes(actor: Actor) -> Sequence[Programme]:
    """Programmes all of whose factories the actor may compare, by code."""
    scope = actor.scope(Permission.EFFECT_READ)
    statement = sa.select(Programme).order_by(Programme.code)
    if not scope.everything:
        statement = statement.where(Programme.id.in_(scope.programmes))
    return db.session.scalars(statement).all()


def results(actor: Actor) -> Sequence[EffectResult]:
    """The latest comparison of each factory and of each programme that the actor sees. One statement."""
    place = sa.func.row_number().over(
        partition_by=(EffectResult.programme_id, EffectResult.factory_id), order_by=EffectResult.id.desc())
    ranked = sa.select(EffectResult.id, place.label("place")).where(EffectResult.made_at.is_not(None)).subquery()
    statement = (
        sa.select(EffectResult)
        .join(ranked, ranked.c.id == EffectResult.id)
        .outerjoin(Factory, Factory.id == EffectResult.factory_id)
        .where(ranked.c.place == 1)
        .options(joinedload(EffectResult.programme), joinedload(EffectResult.factory))
        .order_by(EffectResult.programme_id, Factory.name, EffectResult.id)
    )
    scope = actor.scope(Permission.EFFECT_READ)
    if not scope.everything:
        of_programme = sa.and_(EffectResult.factory_id.is_(None), EffectResult.programme_id.in_(scope.programmes))
        statement = statement.where(sa.or_(of_programme, sa.and_(EffectResult.factory_id.is_not(None), within(scope))))
    return db.session.scalars(statement).all()
