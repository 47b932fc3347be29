"""Making a backup while the site runs: everything as it was at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from app.backup import file_columns
from app.backup.archive import Writer, written
from app.backup.archive.framing import framed
from app.backup.counting import Counted
from app.backup.rows import dumping, tables
from app.backup.rules import FILES, Content, Manifest, NotValid, Table, TableContent
from app.platform.clock import now
from app.platform.db import db, migrate
from app.platform.files import FileMissing, files
from app.platform.files.storage import Held


@dataclass(frozen=True)
class Made:
    """What was written, and the hash that is its seal."""

    manifest: Manifest
    digest: str


def create(path: Path) -> Made:
    """Write the backup of this site to a file. Raises NotValid for a database that is not at this program's state.

    First deleted files are held, then the moment is taken: whatever the snapshot refers to was stored before it and is
    not lost after it.
    """
    if not migrate.is_at_head(db.engine):
        raise NotValid("The database is not at the state of this program: run `flask database upgrade` first.")
    with files().held() as held, dumping.snapshot(db.engine) as connection, written(path) as out:
        return write(Writer(out), connection, held)


def write(writer: Writer, connection: sa.Connection, held: Held) -> Made:
    """Everything that the snapshot has, then the files."""
    counted = dumping.next_ids(connection)
    contents = tuple(add(writer, connection, table, counted) for table in tables())
    spoken_of = dict.fromkeys(file_columns.speaks_of(connection))
    stored = _Stored(held, spoken_of.keys() - file_columns.secret(connection))
    size, digest = writer.add(FILES, framed(stored), is_packed=False)
    missing = sum(not held.has(key) for key in spoken_of)
    manifest = Manifest(
        revision=revision(connection), engine=connection.dialect.name, made_at=now().isoformat(), tables=contents,
        files=Content(stored.count, size, digest), missing=missing,
    )  # fmt: skip
    return Made(manifest, writer.finish(manifest))


def add(writer: Writer, connection: sa.Connection, table: Table, counted: dict[str, int]) -> TableContent:
    """One table."""
    lines = Counted(dumping.blocks(connection, table))
    size, digest = writer.add(table.member, lines)
    highest = connection.scalar(sa.text(f'SELECT max(id) FROM "{table.name}"')) or 0  # noqa: S608 - a name of our models
    return TableContent(table, Content(lines.count, size, digest), max(highest + 1, counted.get(table.name, 1)))


def revision(connection: sa.Connection) -> str:
    """The revision of the tables that this connection sees."""
    return str(connection.scalar(sa.text("SELECT version_num FROM alembic_version")))


class _Stored:
    """Every stored file of these that is whole, and how many they were.

    What no row of the snapshot speaks of stays behind: it was stored later, and may be what is in no backup.
    """

    def __init__(self, held: Held, keys: set[str]) -> None:
        self._held, self._keys, self.count = held, keys, 0

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for key in sorted(self._keys):
            try:
                data = self._held.get(key)
            except FileMissing:
                continue
            self.count += 1
            yield key, data
