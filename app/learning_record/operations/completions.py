"""Completions, and their ends."""

from datetime import datetime

from app.completions import queries as completions
from app.completions.models import Completion
from app.learning_record.models import EntryKind
from app.learning_record.operations.noting import note, rounds
from app.learning_record.rules import EvidenceLevel
from app.platform.clock import now


def note_completion(completion_id: int) -> None:
    """A completion came into force: for the first time, or again after so many withdrawals."""
    completion = completions.completion(completion_id)
    if completion.factory_id is None:
        return
    round_ = rounds(completion.factory_id, f"withdrawal:{completion.id}:") + 1
    at = completion.completed_at if round_ == 1 else now()
    _note(completion, EntryKind.COMPLETION, f"completion:{completion.id}:{round_}", at)


def note_withdrawal(completion_id: int) -> None:
    """A completion was withdrawn; what was written before stays."""
    completion = completions.completion(completion_id)
    if completion.factory_id is None:
        return
    round_ = rounds(completion.factory_id, f"completion:{completion.id}:")
    at = completion.withdrawn_at or now()
    corrected = f"completion:{completion.id}:{round_}" if round_ else None
    _note(completion, EntryKind.COMPLETION_WITHDRAWN, f"withdrawal:{completion.id}:{round_}", at, corrected)


def _note(completion: Completion, kind: EntryKind, source: str, at: datetime, corrects: str | None = None) -> None:
    assert completion.factory_id is not None
    note(
        factory_id=completion.factory_id,
        kind=kind,
        source=source,
        at=at,
        corrects=corrects,
        level=EvidenceLevel.A if kind is EntryKind.COMPLETION else None,
        course_id=completion.course_id,
        version_id=completion.version_id,
        training_id=completion.training_id,
        was_imported=completion.training_id is None,
        person_id=completion.person_id,
        line=completion.line,
        role=completion.role,
        sex=completion.sex,
    )
