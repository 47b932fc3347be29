"""Following the append-only logs: which things may have changed since they were looked at last.

A transaction that began earlier may become visible later, so what is younger than `OVERLAP` is looked at again each
time; saying a thing again adds nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.api.xapi.facts import looking
from app.api.xapi.models import Bookmark
from app.attendance.models import MarkEntry
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db, insert
from app.quizzes.models import GradeChange

OVERLAP = timedelta(minutes=10)
"""No transaction lasts that long."""
TOGETHER = 200


@dataclass(frozen=True)
class Log:
    """An append-only log: its rows as id, at and what is needed, and which things a row speaks of."""

    name: str
    rows: Any
    """A SELECT of them, unordered."""
    entry: Any
    """Its table."""
    subjects: Callable[[list[sa.Row[Any]]], set[str]]


@dataclass(frozen=True)
class Slice:
    """Things that rows of a log speak of. Up to `bookmark` nothing need be looked at again."""

    subjects: set[str]
    bookmark: int


def _of_marks(rows: list[sa.Row[Any]]) -> set[str]:
    """Also of entries that turned out to be the same person: their mark may have gone over."""
    same = looking.same_person({row.person_id for row in rows})
    return {
        f"{looking.MARK}:{row.meeting_id}:{each}" for row in rows for each in same.get(row.person_id, {row.person_id})
    }  # fmt: skip


_KINDS = (looking.ATTEMPT, looking.COMPLETION, looking.CERTIFICATE)
LOGS = (
    Log(
        "mark_entry", sa.select(MarkEntry.id, MarkEntry.at, MarkEntry.meeting_id, MarkEntry.person_id), MarkEntry,
        _of_marks,
    ),
    Log(
        "audit_entry",
        sa.select(AuditEntry.id, AuditEntry.at, AuditEntry.subject)
        .where(sa.or_(*(AuditEntry.subject.startswith(f"{kind}:") for kind in _KINDS))),
        AuditEntry, lambda rows: {row.subject for row in rows},
    ),
    Log(
        "grade_change", sa.select(GradeChange.id, GradeChange.at, GradeChange.attempt_id), GradeChange,
        lambda rows: {f"{looking.ATTEMPT}:{row.attempt_id}" for row in rows},
    ),
)  # fmt: skip


def slices(log: Log) -> Iterator[Slice]:
    """All that follows the bookmark, piece by piece; the last one moves the bookmark over rows of other things."""
    settled, last_id = now() - OVERLAP, _bookmark(log.name)
    bookmark, is_settled = last_id, True
    pieces = log.rows.order_by(log.entry.id).limit(TOGETHER)
    while rows := db.session.execute(pieces.where(log.entry.id > last_id)).all():
        for row in rows:
            is_settled = is_settled and row.at < settled
            bookmark = row.id if is_settled else bookmark
        last_id = rows[-1].id
        yield Slice(log.subjects(list(rows)), bookmark)
    if is_settled:
        after = sa.select(log.entry.id).where(log.entry.id > last_id, log.entry.at < settled)
        if (settled_id := db.session.scalar(after.order_by(log.entry.id.desc()).limit(1))) is not None:
            yield Slice(set(), settled_id)


def _bookmark(name: str) -> int:
    return db.session.scalar(sa.select(Bookmark.last_id).where(Bookmark.log == name)) or 0


def keep(log: Log, bookmark: int) -> None:
    """Begin there next time. A worker that was slower puts it no further back."""
    new = insert(Bookmark).values(log=log.name, last_id=bookmark)
    db.session.execute(new.on_conflict_do_update(
        index_elements=["log"], set_={"last_id": new.excluded.last_id}, where=Bookmark.last_id < new.excluded.last_id,
    ))  # fmt: skip
