"""Bringing a backup back: judged as a whole, loaded into a fresh place, compared row by row, and only then in force."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from app.backup import kept
from app.backup.archive import Archive, opened
from app.backup.places import fresh, swap
from app.backup.rows import dumping, loading
from app.backup.rules import Manifest, NotValid, Unsure
from app.platform.db import db, migrate
from app.platform.faults import point
from app.platform.files import files


@dataclass(frozen=True)
class Restored:
    """What was brought back, and the name under which the database that it replaced is kept, if it had rows."""

    manifest: Manifest
    kept: str | None


def verify(path: Path) -> tuple[Manifest, str]:
    """What a backup holds, and its hash, after all of it was read. Raises Unreadable and NotValid."""
    with opened(path) as archive:
        judge(archive)
        return archive.manifest, archive.digest


def restore(path: Path, *, replace: bool = False) -> Restored:
    """Make the database and the stored files those of a backup. Raises Unreadable and NotValid: nothing was changed.

    Stored files lie under their hashes, so those that are there already are in nobody's way.
    """
    with opened(path) as archive:
        judge(archive)
        if archive.manifest.programme:
            raise NotValid("It holds one programme: `flask programme import` is for that.")
        db.session.remove()
        before = kept.kept(db.engine)
        with added() as put, fresh(db.engine, archive.manifest.revision, replace=replace) as connection:
            load(connection, archive)
            for key, data in archive.files():
                put(key, data)
            point("backup.files_restored")
        return Restored(archive.manifest, next((each for each in kept.kept(db.engine) if each not in before), None))


def undo(name: str) -> str:
    """Bring the database back that a restore replaced; answers the name under which the present one is kept now.

    Stored files need no step back: a restore adds files and takes none away. Raises NotValid: nothing was changed.
    """
    db.session.remove()
    before = kept.kept(db.engine)
    swap(db.engine, name)
    return "".join(each for each in kept.kept(db.engine) if each not in before)


@contextmanager
def added() -> Iterator[Callable[[str, bytes], None]]:
    """What stores a file. Those that were not there before go again when the block ends badly."""
    new: list[str] = []

    def put(key: str, data: bytes) -> None:
        if not held.has(key):
            new.append(key)
        if files().put(data) != key:
            raise NotValid(f"The stored file {key} is not what was stored.")

    try:
        with files().held() as held:
            yield put
    except Unsure:
        raise  # the rows that speak of them are in force
    except BaseException:
        for key in new:
            files().delete(key)
        raise


def load(connection: sa.Connection, archive: Archive) -> None:
    """Fill empty tables, and see that every row has arrived as it was. Raises NotValid."""
    refuse_odd_tables(connection, archive.manifest)
    for each in archive.manifest.tables:
        loading.fill(connection, each.table, archive.lines(each.table), each.next_id)
        if dumping.content_of(dumping.blocks(connection, each.table)) != each.content:
            raise NotValid(f"The rows of {each.table.name} did not arrive as they were.")
    point("backup.rows_restored")


def refuse_odd_tables(connection: sa.Connection, manifest: Manifest) -> None:
    """Raises NotValid when the tables of a file are not those that are there."""
    there = loading.columns_there(connection)
    said = {each.table.name: {column.name for column in each.table.columns} for each in manifest.tables}
    if odd := sorted(name for name in {*there, *said} if there.get(name) != said.get(name)):
        raise NotValid(f"It has not the tables of its revision: {', '.join(odd)}."[:300])


def judge(archive: Archive) -> None:
    """See that all of it is whole, and of a state that is known here. Raises NotValid."""
    if archive.manifest.revision not in migrate.revisions():
        raise NotValid(f"It was made by a newer Seamwise: the state {archive.manifest.revision} is unknown here.")
    archive.check()
