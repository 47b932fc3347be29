"""Calendars that people subscribe to follow what is settled."""

from app.sessions.events import TrainingSettled
from app.sessions.feeds import operations


def on_training_settled(event: TrainingSettled) -> None:
    operations.stamp(event.training_id)
