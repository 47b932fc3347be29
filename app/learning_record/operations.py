"""Writing the timeline. Every verb may run twice: one fact makes one entry."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.completions import queries as completions
from app.completions.models import Completion
from app.factories.models import RosterImport
from app.improvement.findings import queries as findings
from app.learning_record.models import EntryKind, RecordEntry
from app.platform.clock import now
from app.platform.db import db, insert
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState

_TAKES_PART = (
    SeatState.REQUESTED, SeatState.RESERVED, SeatState.OFFERED, SeatState.BOOKED, SeatState.WAIT_LISTED,
)  # fmt: skip


def note(*, factory_id: int, kind: EntryKind, source: str, at: datetime, **values: Any) -> None:
    """Add an entry unless the factory has one of this source. `values` are further columns of RecordEntry."""
    db.session.execute(
        insert(RecordEntry)
        .values(factory_id=factory_id, kind=kind, source=source, at=at, **{"details": {}, **values})
        .on_conflict_do_nothing(index_elements=["factory_id", "source"])
    )


def note_completion(completion_id: int) -> None:
    """A completion came into force: for the first time, or again after so many withdrawals."""
    completion = completions.completion(completion_id)
    round_ = _count(completion, EntryKind.COMPLETION_WITHDRAWN) + 1
    at = completion.completed_at if round_ == 1 else now()
    _note_of(completion, EntryKind.COMPLETION, f"completion:{completion.id}:{round_}", at)


def note_withdrawal(completion_id: int) -> None:
    """A completion was withdrawn; what was written before stays."""
    completion = completions.completion(completion_id)
    round_ = _count(completion, EntryKind.COMPLETION)
    at = completion.withdrawn_at or now()
    _note_of(completion, EntryKind.COMPLETION_WITHDRAWN, f"withdrawal:{completion.id}:{round_}", at)


def note_confirmed(training_id: int) -> None:
    """A confirmed training session stands in the record of every factory with booked people."""
    training = db.session.get_one(TrainingSession, training_id)
    if training.state is TrainingState.CONFIRMED:
        _note_training(training, EntryKind.TRAINING_CONFIRMED, "confirmed", (SeatState.BOOKED,))


def note_cancelled(training_id: int) -> None:
    """A cancelled training session stands in the record of every factory that would have taken part."""
    training = db.session.get_one(TrainingSession, training_id)
    _note_training(training, EntryKind.TRAINING_CANCELLED, "cancelled", _TAKES_PART)


def note_roster(roster_import_id: int) -> None:
    """A roster changed who works at a factory."""
    found = db.session.get_one(RosterImport, roster_import_id)
    note(
        factory_id=found.factory_id,
        kind=EntryKind.ROSTER_IMPORTED,
        source=f"roster:{found.id}",
        at=found.applied_at or now(),
        details=dict(found.counts.get("applied", {})),
    )


def note_roster_undone(roster_import_id: int) -> None:
    """A roster was taken back; what was written before stays."""
    found = db.session.get_one(RosterImport, roster_import_id)
    note(factory_id=found.factory_id, kind=EntryKind.ROSTER_UNDONE, source=f"roster_undone:{found.id}", at=now())


def note_findings(finding_import_id: int) -> None:
    """A file of findings said something new of these factories."""
    for factory_id, counted in findings.told_by(finding_import_id).items():
        note(
            factory_id=factory_id,
            kind=EntryKind.FINDINGS_IMPORTED,
            source=f"findings:{finding_import_id}",
            at=now(),
            details=counted,
        )


def note_findings_undone(finding_import_id: int) -> None:
    """A file of findings was taken back; what was written before stays."""
    for factory_id in findings.told_by(finding_import_id):
        note(
            factory_id=factory_id,
            kind=EntryKind.FINDINGS_UNDONE,
            source=f"findings_undone:{finding_import_id}",
            at=now(),
        )


def _count(completion: Completion, kind: EntryKind) -> int:
    word = "completion" if kind is EntryKind.COMPLETION else "withdrawal"
    return (
        db.session.scalar(
            sa.select(sa.func.count()).where(
                RecordEntry.factory_id == completion.factory_id,
                RecordEntry.source.startswith(f"{word}:{completion.id}:"),
            )
        )
        or 0
    )


def _note_of(completion: Completion, kind: EntryKind, source: str, at: datetime) -> None:
    if completion.factory_id is None:
        return
    note(
        factory_id=completion.factory_id,
        kind=kind,
        source=source,
        at=at,
        course_id=completion.course_id,
        version_id=completion.version_id,
        training_id=completion.training_id,
        person_id=completion.person_id,
        line=completion.line,
        role=completion.role,
        sex=completion.sex,
    )


def _note_training(training: TrainingSession, kind: EntryKind, word: str, seats: tuple[SeatState, ...]) -> None:
    factories = sa.select(Seat.factory_id).where(Seat.training_id == training.id, Seat.state.in_(seats)).distinct()
    for factory_id in db.session.scalars(factories).all():
        note(
            factory_id=factory_id,
            kind=kind,
            source=f"training:{training.id}:{word}",
            at=now(),
            course_id=training.version.course_id,
            version_id=training.version_id,
            training_id=training.id,
        )
