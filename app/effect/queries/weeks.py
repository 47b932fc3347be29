"""Weeks that factories sent, and the files they came in."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.effect.models import LineWeek, WeekFile
from app.effect.rules import FileState
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.platform.db import db
from app.platform.refusal import NotFound

MOST_FILES = 20


def week_file(actor: Actor, week_file_id: int) -> WeekFile:
    """A file with its factory. Raises NotFound when the actor may not enter weeks there."""
    of_these = visible_factories(actor, Permission.EFFECT_IMPORT).with_only_columns(Factory.id)
    statement = sa.select(WeekFile).where(WeekFile.id == week_file_id, WeekFile.factory_id.in_(of_these))
    found = db.session.scalar(statement.options(joinedload(WeekFile.factory).joinedload(Factory.programme)))
    if found is None:
        raise NotFound
    return found


def files(factory_id: int) -> Sequence[Any]:
    """The latest files of a factory."""
    columns = WeekFile.id, WeekFile.file_name, WeekFile.state, WeekFile.created_at
    statement = sa.select(*columns).where(WeekFile.factory_id == factory_id).order_by(WeekFile.id.desc())
    return db.session.execute(statement.limit(MOST_FILES)).all()


def applied(factories: Collection[int]) -> Sequence[Any]:
    """The files whose rows count or might: factory, file and when it was applied, in one order. One statement."""
    columns = WeekFile.factory_id, WeekFile.id, WeekFile.applied_at
    statement = sa.select(*columns).where(WeekFile.factory_id.in_(factories), WeekFile.state == FileState.APPLIED)
    return db.session.execute(statement.order_by(WeekFile.id)).all()


def current(factories: Collection[int]) -> sa.Subquery:
    """The weeks that count: of one line and week those of the file that was applied last."""
    place = sa.func.row_number().over(
        partition_by=(WeekFile.factory_id, LineWeek.line_key, LineWeek.monday),
        order_by=(WeekFile.applied_at.desc(), WeekFile.id.desc()))
    ranked = (
        sa.select(LineWeek, WeekFile.factory_id, place.label("place"))
        .join(WeekFile, WeekFile.id == LineWeek.file_id)
        .where(WeekFile.factory_id.in_(factories), WeekFile.state == FileState.APPLIED)
        .subquery()
    )
    return sa.select(ranked).where(ranked.c.place == 1).subquery()


def weeks(factories: Collection[int]) -> Sequence[Any]:
    """The weeks of these factories that count: factory, line, Monday and figures, in one order."""
    found = current(factories)
    return db.session.execute(sa.select(found).order_by(found.c.factory_id, found.c.line_key, found.c.monday)).all()


def unused(factories: Collection[int]) -> list[Any]:
    """Of files in the order in which they were applied: their id, their factory, and line and week of rows that are not
    used."""
    columns = WeekFile.id, WeekFile.factory_id, WeekFile.found["unused"].label("unused")
    statement = sa.select(*columns).where(WeekFile.factory_id.in_(factories), WeekFile.state == FileState.APPLIED)
    return list(db.session.execute(statement.order_by(WeekFile.applied_at, WeekFile.id)))


def factories_with_weeks(programme_id: int) -> list[int]:
    """Factories of a programme that have sent weeks which count."""
    return all_with_weeks(Factory.programme_id == programme_id).get(programme_id, [])


def all_with_weeks(*wanted: sa.ColumnElement[bool]) -> dict[int, list[int]]:
    """Programme -> its factories that have sent weeks which count."""
    statement = sa.select(Factory.programme_id, Factory.id).where(
        *wanted, sa.exists().where(WeekFile.factory_id == Factory.id, WeekFile.state == FileState.APPLIED))
    found: dict[int, list[int]] = {}
    for programme_id, factory_id in db.session.execute(statement.order_by(Factory.id)):
        found.setdefault(programme_id, []).append(factory_id)
    return found
