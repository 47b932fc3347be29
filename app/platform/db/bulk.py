"""Many rows at once, in the session's transaction: COPY on PostgreSQL, one prepared statement on SQLite.

For loading alone: nothing is checked but what the tables check, no default of a column applies, and no event tells.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from psycopg import sql

from app.platform.db.base import Base
from app.platform.db.session import db

Row = tuple[Any, ...]


def bulk_insert(model: type[Base], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of plain values in the order of the columns, `id` among them: JSON comes as text, enums as values."""
    connection = db.session.connection()
    write = _copy if connection.dialect.name == "postgresql" else _execute
    write(connection, model.__tablename__, columns, rows)


def count_on(*models: type[Base]) -> None:
    """What is added next gets ids after those that were inserted. Only PostgreSQL counts apart from its tables."""
    if db.session.connection().dialect.name != "postgresql":
        return
    for model in models:
        highest = sa.select(sa.func.coalesce(sa.func.max(model.id), 0) + 1).scalar_subquery()
        sequence = sa.func.pg_get_serial_sequence(model.__tablename__, "id")
        db.session.execute(sa.select(sa.func.setval(sequence, highest, sa.false())))


def _copy(connection: sa.Connection, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with _driver(connection).cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _execute(connection: sa.Connection, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    _driver(connection).executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', _as_text(rows))  # noqa: S608


def _as_text(rows: Iterable[Row]) -> Iterator[Row]:
    """Days, moments and decimals as SQLAlchemy writes them."""
    plain: dict[type, Callable[[Any], Any]] = {
        date: date.isoformat,
        Decimal: float,
        datetime: lambda moment: (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%d %H:%M:%S.%f"),
    }
    return (tuple(plain.get(type(value), _same)(value) for value in row) for row in rows)


def _same(value: Any) -> Any:
    return value


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection
