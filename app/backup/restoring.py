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


def take_over(path: Path) -> Manifest:
    """Bring a programme into an installation that is empty. Raises Unreadable and NotValid: nothing was changed."""
    return _bring(path, replace=False, is_programme=True)


def restore(path: Path, *, replace: bool = False) -> Manifest:
    """Make the database and the stored files those of a backup. Raises Unreadable and NotValid: nothing was changed.

    Stored files lie under their hashes, so those that are there already are in nobody's way.
    """
    return _bring(path, replace=replace, is_programme=False)


def _bring(path: Path, *, replace: bool, is_programme: bool) -> Manifest:
    with opened(path) as archive:
        _judge(archive)
        if is_programme != bool(archive.manifest.programme):
            right = "flask backup restore" if is_programme else "flask programme import"
            raise NotValid(f"It holds {'no single' if is_programme else 'one'} programme: `{right}` is for that.")
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
    if archive.manifest.revision not in migrate.revisions():
        raise NotValid(f"It was made by a newer Seamwise: the state {archive.manifest.revision} is unknown here.")
    archive.check()
