"""Who else speaks of a row: asked of the tables themselves, so that a new table is never forgotten."""

from collections.abc import Collection, Set

import sqlalchemy as sa

from app.platform.db import Base, db


def referred(model: type[Base], ids: Collection[int], *, but_by: Set[str] = frozenset()) -> set[int]:
    """Those rows of a model that a row of any table points at, other than the tables `but_by`.

    One statement for each foreign key, however many rows: what was added together lies close together.
    """
    if not ids:
        return set()
    wanted, first, last = set(ids), min(ids), max(ids)
    found: set[int] = set()
    for column in _pointing_at(model, but_by):
        near = sa.select(column).where(column.between(first, last)).distinct()
        found |= wanted.intersection(db.session.scalars(near))
    return found


def _pointing_at(model: type[Base], but_by: Set[str]) -> list[sa.Column[int]]:
    others = [each for each in Base.metadata.sorted_tables if each.name not in but_by]
    return [key.parent for each in others for key in each.foreign_keys if key.column.table is model.__table__]
