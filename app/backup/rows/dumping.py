"""From rows to lines: each a JSON array, made by the database itself, in the order of the ids."""

import hashlib
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from app.backup.rows.documents import canonical
from app.backup.rules import Column, Content, Kind, NotValid, Table
from app.platform.db import of_one_moment

BLOCK = 1024 * 1024
LEAST = -(2**63) + 1
_OWN_FUNCTION = "user-defined function"
_FEW, _MANY = 16, 512
"""Rows of one step: the first, when nobody knows how long they are, and at most."""


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one moment of the database, whatever others write meanwhile."""
    with of_one_moment(engine).connect() as connection, connection.begin():
        connection.execute(sa.text("SELECT count(*) FROM alembic_version"))  # the moment is that of the first look
        yield connection


def blocks(connection: sa.Connection, table: Table, above: int = LEAST) -> Iterator[bytes]:
    """The lines of a table, or of its rows above a number, about a megabyte at a time."""
    pieces = _of_postgresql if connection.dialect.name == "postgresql" else _of_sqlite
    gathered: list[bytes] = []
    size = 0
    for piece in pieces(connection, table, above):
        gathered.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield b"".join(gathered)
            gathered, size = [], 0
    if gathered:
        yield b"".join(gathered)


def content_of(lines: Iterable[bytes]) -> Content:
    """How many lines there are in these blocks, their size and hash."""
    digest, count, size = hashlib.sha256(), 0, 0
    for block in lines:
        digest.update(block)
        count += block.count(b"\n")
        size += len(block)
    return Content(count, size, digest.hexdigest())


def next_ids(connection: sa.Connection) -> dict[str, int]:
    """What the next row of a table gets, where the engine counts apart from what is in it."""
    if connection.dialect.name == "sqlite":
        counted = connection.execute(sa.text("SELECT name, seq + 1 AS next FROM sqlite_sequence"))
        return {row.name: row.next for row in counted}
    counted = connection.execute(sa.text(
        "SELECT replace(sequencename, '_id_seq', '') AS name, last_value + 1 AS next FROM pg_sequences "
        "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
    ))  # fmt: skip
    return {row.name: row.next for row in counted}


# --- SQLite ---


def _of_sqlite(connection: sa.Connection, table: Table, above: int) -> Iterator[bytes]:
    """Many lines by one step of SQLite, which lets other threads work meanwhile: packing need not wait for each row."""
    driver: Any = connection.connection.driver_connection
    dbapi: Any = connection.dialect.dbapi
    driver.create_function("json_document", 1, canonical, deterministic=True)
    driver.create_function("double_bytes", 1, _double, deterministic=True)
    values = ", ".join(map(_sqlite_value, table.columns))
    some = f'SELECT id, json_array({values}) || char(10) AS line FROM "{table.name}" WHERE id > ? ORDER BY id LIMIT ?'  # noqa: S608
    together = f"SELECT max(id), count(*), CAST(group_concat(line, '') AS BLOB) FROM ({some})"  # noqa: S608
    last, wanted = above, _FEW
    while True:
        try:
            highest, count, lines = driver.execute(together, (last, wanted)).fetchone()
        except dbapi.DataError as error:  # longer than any text of SQLite
            if wanted == 1:
                raise sa.exc.DataError(table.name, None, error) from error
            wanted = 1
            continue
        except dbapi.DatabaseError as error:
            if _OWN_FUNCTION in str(error):
                raise NotValid(f"A row of {table.name} holds what is no document.") from error
            raise sa.exc.OperationalError(table.name, None, error) from error
        if not count:
            return
        yield lines
        last, wanted = highest, min(_MANY, BLOCK * count // len(lines) + 1)


def _sqlite_value(column: Column) -> str:
    name = f'"{column.name}"'
    written = {
        Kind.MOMENT: f"iif(length({name}) = 19, {name} || '.000000', {name})",
        Kind.WALL_TIME: f"iif(length({name}) = 19, {name} || '.000000', {name})",
        Kind.JSON: f"iif({_is_plain(name)}, {name}, json_document({name}))",
        Kind.DOUBLE: f"double_bytes({name})",
        Kind.DECIMAL: f"iif({name} IS NULL, NULL, printf('%.{column.scale}f', {name}))",
        Kind.BYTES: f"iif({name} IS NULL, NULL, lower(hex({name})))",
    }
    return written.get(column.kind, name)


def _is_plain(name: str) -> str:
    """Whether a document is nothing or one text in a list, as PostgreSQL writes it. Most are: they need no Python."""
    quotes = f"length({name}) - length(replace({name}, '\"', ''))"
    one_text = f"{name} GLOB '[[]\"*\"]' AND {quotes} = 2 AND instr({name}, '\\') = 0"
    return f"{name} IN ('[]', '{{}}') OR ({one_text})"


def _double(value: float | None) -> str | None:
    return None if value is None else struct.pack(">d", value).hex()


# --- PostgreSQL ---


def _of_postgresql(connection: sa.Connection, table: Table, above: int) -> Iterator[bytes]:
    driver: Any = connection.connection.driver_connection
    values = ", ".join(f"coalesce({_postgresql_value(column)}, 'null')" for column in table.columns)
    lines = f"SELECT '[' || concat_ws(',', {values}) || ']' FROM \"{table.name}\" WHERE id > {above} ORDER BY id"  # noqa: S608
    # No line holds a control character, so that with these as quote and delimiter it comes out as it is.
    statement = f"COPY ({lines}) TO STDOUT (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"
    dbapi: Any = connection.dialect.dbapi
    try:
        with driver.cursor() as cursor:
            cursor.execute("SET LOCAL datestyle TO ISO")  # moments are written as the server writes them
            yield from _copied(cursor, statement)
    except dbapi.DatabaseError as error:
        raise sa.exc.OperationalError(table.name, None, error) from error


def _copied(cursor: Any, statement: str) -> Iterator[bytes]:
    with cursor.copy(statement) as copy:
        for line in copy:
            yield bytes(line)


def _postgresql_value(column: Column) -> str:
    name = f'"{column.name}"'
    written = {
        Kind.INTEGER: f"{name}::text",
        Kind.BOOLEAN: f"{name}::int::text",
        Kind.TEXT: f"to_json({name}::text)::text",
        Kind.JSON: f"to_json({name}::text)::text",
        Kind.MOMENT: _to_microseconds(f"({name} AT TIME ZONE 'UTC')"),
        Kind.WALL_TIME: _to_microseconds(name),
        Kind.DAY: f"to_json({name})::text",
        Kind.DECIMAL: f"'\"' || {name} || '\"'",
        Kind.DOUBLE: f"'\"' || encode(float8send({name}), 'hex') || '\"'",
        Kind.BYTES: f"'\"' || encode({name}, 'hex') || '\"'",
    }
    return written[column.kind]


def _to_microseconds(moment: str) -> str:
    """`to_char` says the same, and was half of the work on a table of many moments."""
    is_whole, text = f"date_trunc('second', {moment}) = {moment}", f"{moment}::text"
    return f"'\"' || CASE WHEN {is_whole} THEN {text} || '.000000' ELSE rpad({text}, 26, '0') END || '\"'"
