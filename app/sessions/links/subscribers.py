"""What rooms do when something happens to training sessions."""

from app.sessions.events import TrainingConfirmed
from app.sessions.links import operations


def on_training_confirmed(event: TrainingConfirmed) -> None:
    operations.want_all(event.training_id)
