"""What each column of the models holds."""

from typing import Any

import sqlalchemy as sa

from app.backup.rules import Column, Kind, Table
from app.platform.db import Base
from app.platform.db.types import UtcDateTime

_KINDS: tuple[tuple[type[Any], Kind], ...] = (
    (UtcDateTime, Kind.MOMENT),  # the more special before the more general
    (sa.DateTime, Kind.WALL_TIME),
    (sa.Date, Kind.DAY),
    (sa.Boolean, Kind.BOOLEAN),
    (sa.Integer, Kind.INTEGER),
    (sa.Double, Kind.DOUBLE),
    (sa.Numeric, Kind.DECIMAL),
    (sa.JSON, Kind.JSON),
    (sa.LargeBinary, Kind.BYTES),
    (sa.String, Kind.TEXT),
)


def tables() -> tuple[Table, ...]:
    """Every table, those that are referred to before those that refer to them."""
    return tuple(Table(each.name, tuple(map(_column, each.columns))) for each in Base.metadata.sorted_tables)


def _column(column: sa.Column[object]) -> Column:
    kind = next((kind for type_, kind in _KINDS if isinstance(column.type, type_)), None)
    if kind is None:
        raise TypeError(f"no kind of line for {column}")
    return Column(column.name, kind, (getattr(column.type, "scale", 0) or 0) if kind is Kind.DECIMAL else 0)
