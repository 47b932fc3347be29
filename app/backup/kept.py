"""The database that a restore took the place of. It is kept under a name of its own until somebody deletes it.

Of SQLite that is a file beside, of PostgreSQL a schema of the same database.
"""

import os
import re
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from app.backup.rules import NotValid
from app.platform.clock import now

_SCHEMA = re.compile(r"before_[0-9]{8}t[0-9]{6}z(?:_[0-9]+)?")
_FUNCTION = "refuse_change"
"""Of the triggers that guard the log; the only one of ours."""


def kept(engine: sa.Engine) -> list[str]:
    """The names of the old databases that are still there, the oldest first."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            return sorted(filter(_SCHEMA.fullmatch, sa.inspect(connection).get_schema_names()))
    path = Path(engine.url.database or "")
    return sorted(each.name for each in path.parent.glob(f"{path.name}.before-*"))


def free_name(engine: sa.Engine) -> str:
    """A name for the database that is there now, which no other has."""
    name = _name(engine, now())
    others, number = kept(engine), 1
    while name in others:
        number += 1
        name = f"{_name(engine, now())}_{number}"
    return name


def _name(engine: sa.Engine, moment: datetime) -> str:
    if engine.dialect.name == "postgresql":
        return f"before_{moment:%Y%m%dt%H%M%Sz}"
    return f"{Path(engine.url.database or '').name}.before-{moment:%Y%m%dT%H%M%SZ}"


# --- PostgreSQL ---


def set_aside(connection: sa.Connection, name: str) -> None:
    """Move the tables to a new schema. Extensions stay: they are the site's, and the next tables need them."""
    _run(connection, f'CREATE SCHEMA "{name}"')
    _carry(connection, connection.scalar(sa.text("SELECT current_schema()")), name)


def bring_forth(connection: sa.Connection, name: str) -> None:
    """Move the tables of a schema to where the program looks for them, which is empty by now."""
    _carry(connection, name, connection.scalar(sa.text("SELECT current_schema()")))
    _run(connection, f'DROP SCHEMA "{name}"')


def _carry(connection: sa.Connection, source: str | None, target: str | None) -> None:
    """Tables go with their indexes, counters and triggers, which know the function whatever schema it is in."""
    for table in sa.inspect(connection).get_table_names(schema=source):
        _run(connection, f'ALTER TABLE "{source}"."{table}" SET SCHEMA "{target}"')
    if connection.scalar(sa.text("SELECT to_regprocedure(:name)"), {"name": f'"{source}".{_FUNCTION}()'}):
        _run(connection, f'ALTER FUNCTION "{source}".{_FUNCTION}() SET SCHEMA "{target}"')


def _run(connection: sa.Connection, statement: str) -> None:
    try:
        connection.execute(sa.text(statement))
    except sa.exc.ProgrammingError as error:
        why = getattr(error.orig, "diag", None)
        raise NotValid(f"The old database cannot be kept: {why.message_primary if why else error.orig}.") from error


# --- SQLite ---


def link(target: Path, name: str) -> None:
    """A second name for the file that is there now: it stays when the first one becomes another file."""
    os.link(target, target.with_name(name))
