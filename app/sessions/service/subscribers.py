"""Entitlements follow their training sessions."""

from app.sessions.events import TrainingSettled
from app.sessions.service import operations


def on_training_settled(event: TrainingSettled) -> None:
    operations.settle(event.training_id)
