"""What enters the record of a factory."""

from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.factories.events import RosterApplied, RosterUndone
from app.improvement.findings.events import FindingsImported, FindingsUndone
from app.learning_record import operations
from app.sessions.events import SeatsSettled, TrainingCancelled, TrainingConfirmed


def on_completed(event: CourseCompleted) -> None:
    operations.note_completion(event.completion_id)


def on_withdrawn(event: CompletionWithdrawn) -> None:
    operations.note_withdrawal(event.completion_id)


def on_training_confirmed(event: TrainingConfirmed) -> None:
    operations.note_confirmed(event.training_id)


def on_seats_settled(event: SeatsSettled) -> None:
    """A factory may join after a training session was confirmed."""
    operations.note_confirmed(event.training_id)


def on_training_cancelled(event: TrainingCancelled) -> None:
    operations.note_cancelled(event.training_id)


def on_roster_applied(event: RosterApplied) -> None:
    operations.note_roster(event.roster_import_id)


def on_roster_undone(event: RosterUndone) -> None:
    operations.note_roster_undone(event.roster_import_id)


def on_findings_imported(event: FindingsImported) -> None:
    operations.note_findings(event.finding_import_id)


def on_findings_undone(event: FindingsUndone) -> None:
    operations.note_findings_undone(event.finding_import_id)
