"""Factories in blocks, for the job of each month, and which month was the last."""

from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.factories.models import Factory, Programme
from app.factories.queries import open_on
from app.learning_record.models import EntryKind, RecordEntry
from app.platform.db import db
from app.platform.db.types import UtcDateTime


def blocks(size: int) -> list[tuple[int, str, int]]:
    """Programme, its zone, and the first of each block of so many factories, closed ones among them: they may have
    been open in the month in question.
    """
    place = sa.func.row_number().over(partition_by=Factory.programme_id, order_by=Factory.id).label("place")
    listed = sa.select(Factory.id, Factory.programme_id, place).subquery()
    rows = db.session.execute(
        sa.select(listed.c.programme_id, Programme.zone, listed.c.id)
        .join(Programme, Programme.id == listed.c.programme_id)
        .where((listed.c.place - 1) % size == 0)
        .order_by(listed.c.id)
    )
    return [(programme_id, zone, first) for programme_id, zone, first in rows]


def block(programme_id: int, first: int, size: int, day: date) -> list[Factory]:
    """Of so many factories of a programme, from one on, those that were not closed on a day."""
    own = sa.select(Factory.id).where(Factory.programme_id == programme_id, Factory.id >= first)
    listed = own.order_by(Factory.id).limit(size).subquery()
    statement = sa.select(Factory).where(Factory.id.in_(sa.select(listed.c.id)), open_on(day))
    return list(db.session.scalars(statement.options(joinedload(Factory.programme)).order_by(Factory.id)))


def last_months() -> dict[int, date]:
    """The month end that was written down last, by programme."""
    rows = db.session.execute(
        sa.select(Programme.id, Programme.zone, sa.func.max(RecordEntry.at, type_=UtcDateTime()))
        .join(Factory, Factory.programme_id == Programme.id)
        .join(RecordEntry, RecordEntry.factory_id == Factory.id)
        .where(RecordEntry.kind == EntryKind.COVERAGE)
        .group_by(Programme.id, Programme.zone)
    )
    return {programme_id: at.astimezone(ZoneInfo(zone)).date() for programme_id, zone, at in rows}
