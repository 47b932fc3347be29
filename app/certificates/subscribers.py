"""What certificates do when completions change."""

from app.certificates import operations
from app.certificates.rules import Reason
from app.completions import queries as completions
from app.completions.events import CompletionCorrected, CompletionWithdrawn, CourseCompleted


def on_completed(event: CourseCompleted) -> None:
    """For what was taken over from a list there is no certificate of ours: whoever gave the training gave one."""
    if completions.completion(event.completion_id).training_id is not None:
        operations.issue(event.completion_id)


def on_corrected(event: CompletionCorrected) -> None:
    operations.correct(event.completion_id)


def on_withdrawn(event: CompletionWithdrawn) -> None:
    operations.revoke(event.completion_id, Reason.CORRECTED)
