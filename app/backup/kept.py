"""The database that a restore took the place of. It is kept under a name of its own until somebody deletes it.

Of SQLite that is a file beside, of PostgreSQL a schema of the same database.
"""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from app.backup.rules import NotValid
from app.platform.clock import now

_SCHEMA = re.compile(r"before_[0-9]{8}t[0-9]{6}z(?:_[0-9]+)?")
_FILE = re.compile(r"\.before-[0-9]{8}T[0-9]{6}Z(?:_[0-9]+)?")
_MOMENT = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_FUNCTION = "refuse_change"
"""Of the triggers that guard the log; the only one of ours."""


@dataclass(frozen=True)
class Kept:
    """An old database, since when it is one, and its size in bytes."""

    name: str
    since: datetime
    size: int


def kept(engine: sa.Engine) -> list[str]:
    """The names of the old databases that are still there, the oldest first."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            return sorted(filter(_SCHEMA.fullmatch, sa.inspect(connection).get_schema_names()))
    path = file(engine)
    found = path.parent.glob(f"{path.name}.before-*")
    return sorted(each.name for each in found if _FILE.fullmatch(each.name.removeprefix(path.name)))


def listed(engine: sa.Engine) -> list[Kept]:
    """The same with when they were replaced and how large they are."""
    sizes = _sizes_within if engine.dialect.name == "postgresql" else _sizes_beside
    return [Kept(name, _replaced_at(name), size) for name, size in sizes(engine).items()]


def forget(engine: sa.Engine, name: str) -> None:
    """Delete an old database for good. Raises NotValid for what is not kept."""
    refuse_unknown(name, kept(engine))
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            _run(connection, f'DROP SCHEMA "{name}" CASCADE')
        return
    path = file(engine).with_name(name)
    for end in ("-wal", "-shm", ""):  # itself last: as long as it is there, it is listed
        path.with_name(name + end).unlink(missing_ok=True)


def refuse_unknown(name: str, others: list[str]) -> None:
    """Raises NotValid for a name that no old database has."""
    if name not in others:
        raise NotValid(f"No old database of the name {name[:80]} is kept. There are: {', '.join(others) or 'none'}.")


def _replaced_at(name: str) -> datetime:
    found = _MOMENT.search(name.upper())
    assert found
    return datetime.strptime(found[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


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
    return f"{file(engine).name}.before-{moment:%Y%m%dT%H%M%SZ}"


# --- PostgreSQL ---


def _sizes_within(engine: sa.Engine) -> dict[str, int]:
    size = sa.text(
        "SELECT coalesce(sum(pg_total_relation_size(pg_class.oid)), 0) FROM pg_class "
        "JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = :name AND relkind = 'r'"
    )
    with engine.connect() as connection:
        return {name: int(connection.scalar(size, {"name": name})) for name in kept(engine)}


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


def _sizes_beside(engine: sa.Engine) -> dict[str, int]:
    path = file(engine)
    return {name: path.with_name(name).stat().st_size for name in kept(engine)}


def file(engine: sa.Engine) -> Path:
    """The file of the database itself, where its name is a link to another place."""
    return Path(engine.url.database or "").resolve()


def link(target: Path, name: str) -> None:
    """A second name for the file that is there now: it stays when the first one becomes another file."""
    os.link(target, target.with_name(name))
