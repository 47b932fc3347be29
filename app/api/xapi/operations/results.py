"""That somebody passed a course of somebody else: an entry of the learning record, and what takes it back."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from app.api.xapi.facts.rules import VERBS
from app.api.xapi.models import ExternalCourse, ExternalResult, Statement
from app.api.xapi.operations.storing import Kept
from app.api.xapi.queries.statements import taken_back
from app.api.xapi.rules import values
from app.learning_record.kinds import EntryKind
from app.learning_record.operations.noting import note
from app.learning_record.rules import EvidenceLevel
from app.platform.clock import now
from app.platform.db import db

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""No course was passed before; a moment of the year 1 could not even be written in every zone."""
_DONE = {VERBS["completed"], VERBS["passed"]}


def note_results(kept: Sequence[Kept]) -> None:
    """What statements that were stored just now mean for learning records. A person passes a course once; a statement
    that is taken back takes the entry back.
    """
    done = [each for each in kept if _is_done(each)]
    courses = _courses({each.statement["object"]["id"] for each in done}) if done else {}
    for each in done:
        course = courses.get((each.place.programme_id, each.statement["object"]["id"]))
        if course is not None:
            _note(each, course)
    if targets := [each.statement["object"]["id"] for each in kept if each.statement["verb"]["id"] == VERBS["voided"]]:
        db.session.flush()
        _withdraw(targets)


def _is_done(kept: Kept) -> bool:
    statement, result = kept.statement, kept.statement.get("result", {})
    is_said = statement["verb"]["id"] in _DONE and False not in (result.get("success"), result.get("completion"))
    is_activity = statement["object"].get("objectType", "Activity") == "Activity"
    return is_said and is_activity and kept.place.person_id is not None and kept.place.factory_id is not None


def _courses(iris: Collection[str]) -> dict[tuple[int | None, str], ExternalCourse]:
    open_ones = sa.select(ExternalCourse).where(ExternalCourse.iri.in_(iris), ExternalCourse.ended_at.is_(None))
    return {(each.programme_id, each.iri): each for each in db.session.scalars(open_ones)}


def _note(kept: Kept, course: ExternalCourse) -> None:
    mine = (ExternalResult.person_id == kept.place.person_id, ExternalResult.course_id == course.id)
    if db.session.scalar(sa.select(ExternalResult.id).where(*mine, ExternalResult.withdrawn_at.is_(None))):
        return
    if _is_taken_back(kept.id):  # before it came
        return
    assert kept.place.person_id is not None
    assert kept.place.factory_id is not None
    at = max(_EARLIEST, min(values.moment(kept.statement["timestamp"], "timestamp"), now()))
    result = ExternalResult(
        statement_id=kept.id, course_id=course.id, person_id=kept.place.person_id, factory_id=kept.place.factory_id,
        at=at, withdrawn_at=None,
    )  # fmt: skip
    db.session.add(result)
    db.session.flush()  # the entry names it
    note(
        factory_id=result.factory_id, kind=EntryKind.EXTERNAL_COURSE, source=f"external:{result.id}", at=at,
        level=EvidenceLevel.C, person_id=result.person_id, details={"title": course.title},
    )  # fmt: skip


def _is_taken_back(statement_id: int) -> bool:
    own = sa.select(Statement.id).where(Statement.id == statement_id, taken_back(Statement))
    return db.session.scalar(own) is not None


def _withdraw(targets: Sequence[str]) -> None:
    rows = db.session.execute(
        sa.select(ExternalResult, ExternalCourse.title)
        .join(Statement, Statement.id == ExternalResult.statement_id)
        .join(ExternalCourse, ExternalCourse.id == ExternalResult.course_id)
        .where(Statement.uuid.in_([each.lower() for each in targets]), ExternalResult.withdrawn_at.is_(None))
    ).all()
    for result, title in rows:
        if not _is_taken_back(result.statement_id):
            continue
        result.withdrawn_at = now()
        note(
            factory_id=result.factory_id, kind=EntryKind.EXTERNAL_COURSE_WITHDRAWN,
            source=f"external:{result.id}:withdrawn", at=result.withdrawn_at, corrects=f"external:{result.id}",
            person_id=result.person_id, details={"title": title},
        )  # fmt: skip
