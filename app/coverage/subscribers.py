"""What coverage does when completions change."""

from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.coverage import operations


def on_completed(event: CourseCompleted) -> None:
    operations.hold(event.completion_id)


def on_withdrawn(event: CompletionWithdrawn) -> None:
    operations.release(event.completion_id)
