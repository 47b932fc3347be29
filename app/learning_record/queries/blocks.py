"""Factories in blocks, for the job of each month."""

import sqlalchemy as sa

from app.factories.models import Factory, Programme
from app.factories.rules import FactoryStatus
from app.platform.db import db


def blocks(size: int) -> list[tuple[int, str, int]]:
    """Programme, its zone, and the first of each block of so many factories that take part."""
    place = sa.func.row_number().over(partition_by=Factory.programme_id, order_by=Factory.id).label("place")
    listed = (
        sa.select(Factory.id, Factory.programme_id, place)
        .where(Factory.status != FactoryStatus.CLOSED)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(listed.c.programme_id, Programme.zone, listed.c.id)
        .join(Programme, Programme.id == listed.c.programme_id)
        .where((listed.c.place - 1) % size == 0)
        .order_by(listed.c.id)
    )
    return [(programme_id, zone, first) for programme_id, zone, first in rows]


def block(programme_id: int, first: int, size: int) -> list[int]:
    """So many factories of a programme that take part, from one on."""
    listed = sa.select(Factory.id).where(
        Factory.programme_id == programme_id, Factory.id >= first, Factory.status != FactoryStatus.CLOSED)
    return list(db.session.scalars(listed.order_by(Factory.id).limit(size)))
