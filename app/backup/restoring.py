"""Bringing a backup back: judged as a whole, loaded into a fresh place, compared row by row, and only then in force."""

from pathlib import Path

import sqlalchemy as sa

from app.backup.archive import Archive, opened
from app.backup.places import fresh
from app.backup.rows import dumping, loading
from app.backup.rules import Manifest, NotValid
from app.platform.db import db, migrate
from app.platform.faults import point
from app.platform.files import files


def verify(path: Path) -> tuple[Manifest, str]:
    """What a backup holds, and its hash, after all of it was read. Raises Unreadable and NotValid."""
    with opened(path) as archive:
        _judge(archive)
        return archive.manifest, archive.digest


def restore(path: Path, *, replace: bool = False) -> Manifest:
    """Make the database and the stored files those of a backup. Raises Unreadable and NotValid: nothing was changed.

    Stored files lie under their hashes, so those that are there already are in nobody's way.
    """
    with opened(path) as archive:
        _judge(archive)
        db.session.remove()
        with fresh(db.engine, archive.manifest.revision, replace=replace) as connection:
            load(connection, archive)
            for key, data in archive.files():
                if files().put(data) != key:
                    raise NotValid(f"The stored file {key} is not what was stored.")
            point("backup.files_restored")
        return archive.manifest


def load(connection: sa.Connection, archive: Archive) -> None:
    """Fill empty tables, and see that every row has arrived as it was. Raises NotValid."""
    there = loading.columns_there(connection)
    said = {each.table.name: {column.name for column in each.table.columns} for each in archive.manifest.tables}
    if odd := sorted(name for name in {*there, *said} if there.get(name) != said.get(name)):
        raise NotValid(f"It has not the tables of its revision: {', '.join(odd)}."[:300])
    for each in archive.manifest.tables:
        loading.fill(connection, each.table, archive.lines(each.table), each.next_id)
        if dumping.content_of(dumping.blocks(connection, each.table)) != each.content:
            raise NotValid(f"The rows of {each.table.name} did not arrive as they were.")
    point("backup.rows_restored")


def _judge(archive: Archive) -> None:
    if archive.manifest.programme:
        raise NotValid("It holds one programme: `flask programme import` takes it over.")
    if archive.manifest.revision not in migrate.revisions():
        raise NotValid(f"It was made by a newer Seamwise: the state {archive.manifest.revision} is unknown here.")
    archive.check()
