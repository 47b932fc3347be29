"""Fresh places for what is brought back: nothing of what was there before is touched until all of it has arrived."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext

from app.backup import kept
from app.backup.rows.loading import columns_there
from app.backup.rules import NotValid, Unsure
from app.platform.db import engine as engines
from app.platform.db import migrate
from app.platform.faults import point
from app.platform.files import owners

_PATIENCE = 2.0
"""Seconds to wait for somebody else who has the database open."""
UNANSWERED = (
    "The line to the database broke while it was to put this in force, so that it did or did not: look at it before "
    "you do anything else. Stored files and keys that were put back have stayed."
)
IN_USE = "Something else uses the database: stop the site and the worker first."


@contextmanager
def fresh(engine: sa.Engine, revision: str, *, replace: bool) -> Iterator[sa.Connection]:
    """Empty tables at a revision, in a writing transaction. When the block ends well, they are brought to the state of
    this program and take the place of what was there, which is kept when it had rows (`kept`). Raises NotValid when it
    had and is not to be replaced.
    """
    engine.dispose()  # our own connections would seem to be somebody else's
    place = _within if engine.dialect.name == "postgresql" else _beside
    with place(engine, revision, replace=replace) as connection:
        yield connection


@contextmanager
def as_it_is(engine: sa.Engine) -> Iterator[sa.Connection]:
    """What is there, in a writing transaction that nobody else can disturb. Raises NotValid while somebody else is
    connected.
    """
    engine.dispose()
    place = _alone_within if engine.dialect.name == "postgresql" else _alone_in
    with place(engine) as connection:
        yield connection


def swap(engine: sa.Engine, name: str) -> None:
    """Bring a kept database back into force, and keep the present one in its stead."""
    others = kept.kept(engine)
    engine.dispose()
    kept.refuse_unknown(name, others)
    (_swap_within if engine.dialect.name == "postgresql" else _swap_beside)(engine, name)


def refuse_full(connection: sa.Connection) -> None:
    """Raises NotValid when there is a row in any table."""
    if full := _full(connection):
        raise NotValid(f"The database is not empty ({len(full)} tables hold rows, {full[0]} among them).")


def _full(connection: sa.Connection) -> list[str]:
    return [name for name in sorted(columns_there(connection)) if _has_rows(connection, name)]


def _is_at(connection: sa.Connection, revision: str) -> bool:
    return MigrationContext.configure(connection).get_current_revision() == revision


def _has_rows(connection: sa.Connection, table: str) -> bool:
    return connection.scalar(sa.text(f'SELECT 1 FROM "{table}" LIMIT 1')) is not None  # noqa: S608 - a name it has itself


# --- PostgreSQL: all of it is one transaction ---


@contextmanager
def _within(engine: sa.Engine, revision: str, *, replace: bool) -> Iterator[sa.Connection]:
    aside = kept.free_name(engine)
    engine.dispose()
    with _alone_within(engine) as connection:
        if not replace:
            refuse_full(connection)
        if replace and _full(connection):
            kept.set_aside(connection, aside)
            point("backup.set_aside")
        if replace or not _is_at(connection, revision):
            _empty(connection)
            migrate.upgrade_on(connection, revision)
        yield connection
        if revision != migrate.revisions()[-1]:
            migrate.upgrade_on(connection, "head")
        point("backup.loaded")


@contextmanager
def _alone_within(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect() as connection, connection.begin() as begun:
        _refuse_others(connection)
        yield connection
        try:
            begun.commit()
        except sa.exc.OperationalError as error:
            if error.connection_invalidated:
                raise Unsure(UNANSWERED) from error
            raise


def _swap_within(engine: sa.Engine, name: str) -> None:
    aside = kept.free_name(engine)
    engine.dispose()
    with _alone_within(engine) as connection:
        kept.set_aside(connection, aside)
        kept.bring_forth(connection, name)
        point("backup.swapped")


def _refuse_others(connection: sa.Connection) -> None:
    others = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend'"
    )
    if connection.scalar(others):
        raise NotValid(IN_USE)


def _empty(connection: sa.Connection) -> None:
    names = [*sa.inspect(connection).get_table_names()]
    if names:
        connection.execute(sa.text("DROP TABLE " + ", ".join(f'"{name}"' for name in names) + " CASCADE"))
    connection.execute(sa.text("DROP FUNCTION IF EXISTS refuse_change()"))


# --- SQLite: a file beside, which is renamed ---


@contextmanager
def _beside(engine: sa.Engine, revision: str, *, replace: bool) -> Iterator[sa.Connection]:
    target = kept.file(engine)
    beside = target.with_name(f".{target.name}.restoring")
    _remove(beside)
    try:
        was_there = _close(target, engine, replace=replace)
        if was_there and not replace:
            shutil.copyfile(target, beside)  # with its tables it need not be made from nothing
        with _made(beside, revision) as connection:
            yield connection
        point("backup.loaded")
        _give_to_owner(beside, target)
        if was_there:
            _close(target, engine, replace=replace)
            if replace:
                kept.link(target, kept.free_name(engine))
                point("backup.set_aside")
        beside.replace(target)
        _confirm(target, "what was there before")
    finally:
        _remove(beside)


def _give_to_owner(path: Path, old: Path) -> None:
    """Who may read and write the database that is replaced, and nobody else, may the new one; a first one belongs to
    whom its folder does.
    """
    if not old.exists():
        path.chmod(0o600)
        owners.give(path, owners.of(path.parent))
        return
    known = old.stat()
    if (known.st_uid, known.st_gid) != (os.geteuid(), os.getegid()):
        os.chown(path, known.st_uid, known.st_gid)
    path.chmod(stat.S_IMODE(known.st_mode))


def _swap_beside(engine: sa.Engine, name: str) -> None:
    target = kept.file(engine)
    old = target.with_name(name)
    if not engines.in_one_file(old, _PATIENCE):
        raise NotValid(IN_USE)
    if _close(target, engine, replace=True):
        kept.link(target, kept.free_name(engine))
    point("backup.swapped")
    old.replace(target)
    _confirm(target, "the other one")


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
        with _unchecked(engine) as connection:
            yield connection
        if revision != migrate.revisions()[-1]:
            migrate.upgrade(engine)
    finally:
        engine.dispose()
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _alone_in(engine: sa.Engine) -> Iterator[sa.Connection]:
    if not engines.in_one_file(kept.file(engine), _PATIENCE):
        raise NotValid(IN_USE)
    try:
        with _unchecked(engine) as connection:
            yield connection
    finally:
        engine.dispose()  # its connection does not look at foreign keys


@contextmanager
def _unchecked(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A writing transaction that looks at foreign keys at its end: rows refer to later rows of their own table."""
    with engine.connect().execution_options(writes=True) as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            yield connection
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise NotValid(f"A row of {broken[0]} points to a row of {broken[2]} that is not there.")


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


def _confirm(target: Path, other: str) -> None:
    """See that the disk knows the new name. Raises Unsure: it is too late to take it back."""
    try:
        handle = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise Unsure(
            f"{target} is the new database, but its folder could not be written to the disk for certain "
            f"({error.strerror}): after a power cut {other} may be there again. See to the disk, then look."
        ) from error
