"""Finding by the clock whom to remind, and reminding."""

from collections.abc import Sequence
from functools import partial

from app.notifications.reminders import operations, queries
from app.platform.clock import now
from app.platform.jobs import Done, enqueue


def find_reminders() -> Done:
    """By the clock: one job for each training session of which somebody is to be reminded now, at most one an hour."""
    return Done(partial(_enqueue, queries.due_trainings()))


def remind(training_id: int) -> Done:
    """Remind of one training session whoever was not reminded yet."""
    return Done(partial(operations.remind, training_id))


def _enqueue(training_ids: Sequence[int]) -> None:
    for training_id in training_ids:
        dedupe = f"notifications.remind:{training_id}:{now():%Y-%m-%dT%H}"
        enqueue("notifications.remind", dedupe=dedupe, training_id=training_id)
