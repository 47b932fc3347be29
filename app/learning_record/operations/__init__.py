"""Writing the timeline. Every verb may run twice: one fact makes one entry."""

from app.learning_record.operations.certificates import (
    note_certified,
    note_factory_ended,
    note_factory_reinstated,
    note_factory_revoked,
    note_factory_suspended,
    note_issued,
    note_reinstated,
    note_replaced,
    note_revoked,
    note_suspended,
)
from app.learning_record.operations.completions import note_completion, note_withdrawal
from app.learning_record.operations.coverage import CoverageRow, note_coverage
from app.learning_record.operations.factories import (
    note_committee,
    note_factory,
    note_headcount,
    note_roster,
    note_roster_undone,
)
from app.learning_record.operations.findings import note_findings, note_findings_undone
from app.learning_record.operations.improvement import note_cascade, note_drill
from app.learning_record.operations.noting import Participant, note
from app.learning_record.operations.roadmap import note_action, note_action_ended, note_action_moved
from app.learning_record.operations.trainings import note_cancelled, note_confirmed, note_held
from app.learning_record.operations.visits import note_service

__all__ = [
    "CoverageRow",
    "Participant",
    "note",
    "note_action",
    "note_action_ended",
    "note_action_moved",
    "note_cancelled",
    "note_cascade",
    "note_certified",
    "note_committee",
    "note_completion",
    "note_confirmed",
    "note_coverage",
    "note_drill",
    "note_factory",
    "note_factory_ended",
    "note_factory_reinstated",
    "note_factory_revoked",
    "note_factory_suspended",
    "note_findings",
    "note_findings_undone",
    "note_headcount",
    "note_held",
    "note_issued",
    "note_reinstated",
    "note_replaced",
    "note_revoked",
    "note_roster",
    "note_roster_undone",
    "note_service",
    "note_suspended",
    "note_withdrawal",
]
