"""Taking a programme in: judged as a whole, written in one transaction, compared row by row, and only then in force.

Rows get numbers above all that were given here. What both installations hold is met and stays as it is here.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from app.backup import creating, places, restoring
from app.backup.archive import Archive, opened
from app.backup.importing.arriving import Arriving
from app.backup.importing.planning import Plan, plan
from app.backup.numbers import is_random
from app.backup.rows import dumping, fill, tables
from app.backup.rules import Manifest, NotValid, Table
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db, migrate
from app.platform.faults import point


@dataclass(frozen=True)
class Taken:
    """What came and what was met, as rows of each table."""

    manifest: Manifest
    came: Mapping[str, int]
    met: Mapping[str, int]
    left: Mapping[str, int] = field(default_factory=dict)
    """What belongs to another programme, too, or to somebody who is here: it stayed behind there, or stays out here."""


def foreseen(path: Path) -> Taken:
    """What would come and what would be met; nothing is written, and the site may run.

    Raises Unreadable and NotValid for most of what would be refused: whether every row fits its table shows only when
    it is written.
    """
    with _judged(path) as archive, dumping.snapshot(db.engine) as connection:
        _refuse_other_state(archive, connection)
        made = plan(connection, archive)
        return Taken(archive.manifest, made.coming, made.meeting, _left(archive.manifest.left, made.left))


def take_in(path: Path) -> Taken:
    """Bring a programme in. Raises Unreadable and NotValid: nothing was changed."""
    with _judged(path) as archive:
        db.session.remove()
        with restoring.added() as put, places.as_it_is(db.engine) as connection:
            _refuse_other_state(archive, connection)
            made = plan(connection, archive)
            out = {each.table.name: _load(connection, archive, each.table, made) for each in archive.manifest.tables}
            _refuse_forged(connection, made)
            _log(connection, archive.manifest, made)
            point("backup.rows_restored")
            for key, data in archive.files():
                put(key, data)
            point("backup.files_restored")
    return Taken(archive.manifest, made.coming, made.meeting, _left(archive.manifest.left, made.left, out))


def _left(*counts: Mapping[str, int]) -> dict[str, int]:
    """All of them together, without those of nothing."""
    return dict(sum(map(Counter, counts), Counter()))


@contextmanager
def _judged(path: Path) -> Iterator[Archive]:
    with opened(path) as archive:
        restoring.judge(archive)
        if not archive.manifest.programme:
            raise NotValid("It holds no single programme: `flask backup restore` is for that.")
        if not migrate.is_at_head(db.engine):
            raise NotValid("The database is not at the state of this program: run `flask database upgrade` first.")
        yield archive


def _refuse_other_state(archive: Archive, connection: sa.Connection) -> None:
    """Raises NotValid when the tables of the file are not those of here."""
    if archive.manifest.revision != creating.revision(connection):
        raise NotValid(
            f"It was made at another state ({archive.manifest.revision}) than that of this database "
            f"({creating.revision(connection)}): bring both to the same Seamwise, then export again."
        )
    restoring.refuse_odd_tables(connection, archive.manifest)
    known = [(each.name, set(each.columns)) for each in tables()]
    if known != [(each.table.name, set(each.table.columns)) for each in archive.manifest.tables]:
        raise NotValid("It says of its tables what is not so at this state: their order, or what a column holds.")


def _load(connection: sa.Connection, archive: Archive, table: Table, made: Plan) -> int:
    """Write the new rows of a table and see that they have arrived; answers how many stayed out."""
    if table.name not in made.coming:
        return 0
    arriving, digest = Arriving(archive, table, made), hashlib.sha256()
    fill(connection, table, _noted(arriving.lines(), digest), made.next_id(table.name))
    if dumping.content_of(_arrived(connection, table, made)).sha256 != digest.hexdigest():
        raise NotValid(f"The rows of {table.name} did not arrive as they were.")
    return arriving.left


def _refuse_forged(connection: sa.Connection, made: Plan) -> None:
    """Raises NotValid for a version of a course that is not what its hash names: published here, the same content would
    be taken for it.
    """
    flaw: Callable[[Session, int], str] = current_app.extensions["version_flaw"]
    query = sa.text(
        "SELECT number, code FROM course_version JOIN course ON course.id = course_id WHERE course_version.id = :id")
    new = sorted(made.ids["course_version"] - made.met["course_version"].keys())
    with Session(connection) as session:
        for version_id in (made.number("course_version", old) for old in new):
            if version_id and (reason := flaw(session, version_id)):
                number, code = connection.execute(query, {"id": version_id}).one()
                raise NotValid(f"The version {number} of the course {code} is not what its hash names: {reason}.")
            session.expunge_all()


def _arrived(connection: sa.Connection, table: Table, made: Plan) -> Iterator[bytes]:
    there = dumping.blocks(connection, table, made.highest[table.name])
    if not is_random(table.name):
        return there
    place = [column.name for column in table.columns].index("id")
    lines = (line for block in there for line in block.splitlines(keepends=True))
    return (line for line in lines if json.loads(line)[place] in made.ids[table.name])


def _noted(lines: Iterator[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    for line in lines:
        digest.update(line)
        yield line


def _log(connection: sa.Connection, manifest: Manifest, made: Plan) -> None:
    programme = next(iter(made.ids["programme"])) + made.highest["programme"]
    counts = {name: count for name, count in made.coming.items() if name in {"factory", "person", "training_session"}}
    connection.execute(sa.insert(AuditEntry).values(
        at=now(), action="programmes.take_in", subject=f"programme:{programme}", request_id="",
        details={"made_at": manifest.made_at, **counts},
    ))  # fmt: skip
