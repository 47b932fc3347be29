"""What becomes of interests when their training session is confirmed or cancelled."""

from app.sessions.demand import operations
from app.sessions.events import TrainingCancelled, TrainingConfirmed


def on_training_confirmed(event: TrainingConfirmed) -> None:
    operations.meet(event.training_id)


def on_training_cancelled(event: TrainingCancelled) -> None:
    operations.reopen(event.training_id)
