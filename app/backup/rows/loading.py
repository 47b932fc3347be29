"""From lines to rows."""

import json
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from psycopg import sql

from app.backup.rules import Kind, NotValid, Table

_COUNTS_APART = sa.text("SELECT 1 FROM sqlite_master WHERE name = :name AND sql LIKE '%AUTOINCREMENT%'")
Row = list[Any]


def fill(connection: sa.Connection, table: Table, lines: Iterable[bytes], next_id: int) -> None:
    """Insert the rows of these lines, and count on from `next_id`. Raises NotValid for what does not fit, and
    OperationalError when the database cannot take what fits.
    """
    write = _copy if connection.dialect.name == "postgresql" else _execute
    try:
        write(connection, table, _rows(table, lines, connection.dialect.name))
    except sa.exc.OperationalError:
        raise
    except sa.exc.DatabaseError as error:
        raise NotValid(f"The rows of {table.name} do not fit its table.") from error
    _count_on(connection, table.name, next_id)


def _rows(table: Table, lines: Iterable[bytes], engine: str) -> Iterator[Row]:
    change = _CHANGES[engine]
    changes = [(place, change[column.kind]) for place, column in enumerate(table.columns) if column.kind in change]
    width = len(table.columns)
    for line in lines:
        try:
            row = json.loads(line)
            fits = type(row) is list and len(row) == width
            for place, changed in changes if fits else ():
                if row[place] is not None:
                    row[place] = changed(row[place])
        except (ValueError, TypeError, RecursionError) as error:
            raise NotValid(f"A line of {table.name} is none.") from error
        if not fits:
            raise NotValid(f"A line of {table.name} is of another shape.")
        yield row


def _double(value: str) -> float:
    number: float = struct.unpack(">d", bytes.fromhex(value))[0]
    return number


_CHANGES: dict[str, dict[Kind, Callable[[Any], Any]]] = {
    "sqlite": {Kind.BYTES: bytes.fromhex, Kind.DOUBLE: _double, Kind.DECIMAL: float},
    "postgresql": {Kind.BYTES: lambda value: f"\\x{value}", Kind.DOUBLE: _double},
}


def _execute(connection: sa.Connection, table: Table, rows: Iterator[Row]) -> None:
    driver: Any = connection.connection.driver_connection
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    places = ", ".join("?" * len(table.columns))
    try:
        driver.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', rows)  # noqa: S608
    except connection.dialect.dbapi.OperationalError as error:  # type: ignore[union-attr]
        raise sa.exc.OperationalError(table.name, None, error) from error
    except (connection.dialect.dbapi.Error, OverflowError) as error:  # type: ignore[union-attr]
        raise NotValid(f"The rows of {table.name} do not fit its table: {error}.") from error


def _copy(connection: sa.Connection, table: Table, rows: Iterator[Row]) -> None:
    driver: Any = connection.connection.driver_connection
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.dbapi.OperationalError as error:  # type: ignore[union-attr]
        raise sa.exc.OperationalError(table.name, None, error) from error
    except connection.dialect.dbapi.Error as error:  # type: ignore[union-attr]
        raise NotValid(f"The rows of {table.name} do not fit its table: {error.diag.message_primary}.") from error


def _count_on(connection: sa.Connection, name: str, next_id: int) -> None:
    """What is added next gets an id that was never given."""
    counted = {"name": name, "last": next_id - 1}
    if next_id > 1 and connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), counted)
    elif next_id > 1 and connection.scalar(_COUNTS_APART, counted):
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), counted)
        connection.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), counted)


def columns_there(connection: sa.Connection) -> dict[str, set[str]]:
    """The tables of a database, without that of its revision, and their columns."""
    found = sa.inspect(connection)
    names: Sequence[str] = [name for name in found.get_table_names() if name != "alembic_version"]
    columns = found.get_multi_columns()
    return {name: {column["name"] for column in columns[None, name]} for name in names}
