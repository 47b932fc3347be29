"""Fresh places for what is brought back: nothing of what was there before is touched until all of it has arrived."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext

from app.backup.rows.loading import columns_there
from app.backup.rules import NotValid
from app.platform.clock import now
from app.platform.db import engine as engines
from app.platform.db import migrate
from app.platform.faults import point

_PATIENCE = 2.0
"""Seconds to wait for somebody else who has the database open."""
IN_USE = "Something else uses the database: stop the site and the worker first."


@contextmanager
def fresh(engine: sa.Engine, revision: str, *, replace: bool) -> Iterator[sa.Connection]:
    """Empty tables at a revision, in a writing transaction. When the block ends well, they are brought to the state of
    this program and take the place of what was there. Raises NotValid when that is not empty and not to be replaced.
    """
    engine.dispose()  # our own connections would seem to be somebody else's
    place = _within if engine.dialect.name == "postgresql" else _beside
    with place(engine, revision, replace=replace) as connection:
        yield connection


def refuse_full(connection: sa.Connection) -> None:
    """Raises NotValid when there is a row in any table."""
    full = [name for name in sorted(columns_there(connection)) if _has_rows(connection, name)]
    if full:
        raise NotValid(f"The database is not empty ({len(full)} tables hold rows, {full[0]} among them).")


def _is_at(connection: sa.Connection, revision: str) -> bool:
    return MigrationContext.configure(connection).get_current_revision() == revision


def _has_rows(connection: sa.Connection, table: str) -> bool:
    return connection.scalar(sa.text(f'SELECT 1 FROM "{table}" LIMIT 1')) is not None  # noqa: S608 - a name it has itself


# --- PostgreSQL: all of it is one transaction ---


@contextmanager
def _within(engine: sa.Engine, revision: str, *, replace: bool) -> Iterator[sa.Connection]:
    with engine.connect() as connection, connection.begin():
        others = sa.text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        if connection.scalar(others):
            raise NotValid(IN_USE)
        if not replace:
            refuse_full(connection)
        if replace or not _is_at(connection, revision):
            _empty(connection)
            migrate.upgrade_on(connection, revision)
        yield connection
        if revision != migrate.revisions()[-1]:
            migrate.upgrade_on(connection, "head")
        point("backup.loaded")


def _empty(connection: sa.Connection) -> None:
    names = [*sa.inspect(connection).get_table_names()]
    if names:
        connection.execute(sa.text("DROP TABLE " + ", ".join(f'"{name}"' for name in names) + " CASCADE"))
    connection.execute(sa.text("DROP FUNCTION IF EXISTS refuse_change()"))


# --- SQLite: a file beside, which is renamed ---


@contextmanager
def _beside(engine: sa.Engine, revision: str, *, replace: bool) -> Iterator[sa.Connection]:
    target = Path(engine.url.database or "")
    beside = target.with_name(f".{target.name}.restoring")
    _remove(beside)
    try:
        was_there = _close(target, engine, replace=replace)
        if was_there and not replace:
            shutil.copyfile(target, beside)  # with its tables it need not be made from nothing
        with _made(beside, revision) as connection:
            yield connection
        point("backup.loaded")
        if was_there:
            _close(target, engine, replace=replace)
            kept = target.with_name(f"{target.name}.before-{now():%Y%m%dT%H%M%SZ}")
            if replace:
                os.link(target, kept)
        beside.replace(target)
        _sync(target.parent)
    finally:
        _remove(beside)


@contextmanager
def _made(path: Path, revision: str) -> Iterator[sa.Connection]:
    """A new database file that is whole and on the disk afterwards."""
    url = sa.make_url("sqlite://").set(database=str(path))
    engine = sa.create_engine(url, **engines.engine_options(url))
    engines.prepare(engine)
    try:
        with engine.connect() as connection:
            is_ready = _is_at(connection, revision)
            connection.rollback()
        engine.dispose()
        if not is_ready:
            _remove(path)
            migrate.upgrade(engine, revision)
        with engine.connect().execution_options(writes=True) as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")  # rows refer to later rows of their own table
            with connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise NotValid(f"A row of {broken[0]} points to a row of {broken[2]} that is not there.")
        if revision != migrate.revisions()[-1]:
            migrate.upgrade(engine)
    finally:
        engine.dispose()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _close(target: Path, engine: sa.Engine, *, replace: bool) -> bool:
    """Whether there is a database, now in a single file that nobody has open. Raises NotValid when somebody has."""
    if not target.exists() or not target.stat().st_size:
        return False
    if not replace:
        with engine.connect() as connection:
            refuse_full(connection)
        engine.dispose()
    if not engines.in_one_file(target, _PATIENCE):
        raise NotValid(IN_USE)
    return True


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).unlink()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
