"""Actions follow what people reach."""

from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.improvement.roadmap import operations
from app.sessions.events import SeatsSettled


def on_completed(event: CourseCompleted) -> None:
    operations.settle(event.completion_id)


def on_withdrawn(event: CompletionWithdrawn) -> None:
    operations.settle(event.completion_id)


def on_seats_settled(event: SeatsSettled) -> None:
    operations.settle_seats(event.training_id, [event.factory_id])
