"""To the other engine: a backup of the rows alone, brought back at another address."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from app.backup import creating
from app.backup.archive import Writer, opened, written
from app.backup.places import fresh
from app.backup.restoring import load
from app.backup.rows import dumping, tables
from app.backup.rules import FILES, Content, Manifest, NotValid, TableContent
from app.platform.clock import now
from app.platform.db import db, migrate
from app.platform.db.engine import engine_options, prepare

_NO_FILES = Content(0, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
"""The hash of nothing."""


@dataclass(frozen=True)
class Moved:
    """Tables with how many rows each has, and their hash, which is the same at both places."""

    source: str
    target: str
    tables: Sequence[TableContent]


def move(to: sa.URL) -> Moved:
    """Copy all rows to an empty database, which may be of the other engine. Stored files stay where they are.

    Raises NotValid when the target is not empty or cannot be reached, or when somebody wrote meanwhile: it is empty.
    """
    if not migrate.is_at_head(db.engine):
        raise NotValid("The database is not at the state of this program: run `flask database upgrade` first.")
    target = _target(to)
    try:
        with tempfile.TemporaryDirectory(prefix="seamwise-move-") as folder:
            path = Path(folder) / "rows"
            manifest = _rows_to(path)
            with opened(path) as archive, fresh(target, manifest.revision, replace=False) as connection:
                load(connection, archive)
                _refuse_changed(manifest)
    finally:
        target.dispose()
    return Moved(db.engine.dialect.name, target.dialect.name, manifest.tables)


def _target(to: sa.URL) -> sa.Engine:
    if to.set(password=None) == db.engine.url.set(password=None):
        raise NotValid("That is the database that is to be moved.")
    engine = sa.create_engine(to, **engine_options(to))
    prepare(engine)
    if engine.dialect.name == "postgresql":  # SQLite would make a file
        _refuse_unreachable(engine)
    return engine


def _refuse_unreachable(engine: sa.Engine) -> None:
    try:
        engine.connect().close()
    except sa.exc.OperationalError as error:
        raise NotValid(f"The database {engine.url.render_as_string()} cannot be reached.") from error


def _rows_to(path: Path) -> Manifest:
    with dumping.snapshot(db.engine) as connection, written(path) as out:
        writer, counted = Writer(out), dumping.next_ids(connection)
        contents = tuple(creating.add(writer, connection, table, counted) for table in tables())
        writer.add(FILES, ())
        manifest = Manifest(
            revision=creating.revision(connection), engine=connection.dialect.name, made_at=now().isoformat(),
            tables=contents, files=_NO_FILES, missing=0,
        )  # fmt: skip
        writer.finish(manifest)
    return manifest


def _refuse_changed(manifest: Manifest) -> None:
    """What somebody wrote while rows were on their way would be lost without anybody's knowing."""
    with dumping.snapshot(db.engine) as connection:
        for each in manifest.tables:
            if dumping.content_of(dumping.blocks(connection, each.table)) != each.content:
                raise NotValid(f"{each.table.name} changed meanwhile: stop the site and the worker, then move again.")
