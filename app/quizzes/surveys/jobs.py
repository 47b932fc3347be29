"""Opening evaluations and counting closed forms by the clock."""

from functools import partial

from app.platform.jobs import Done, enqueue
from app.quizzes.surveys import operations
from app.quizzes.surveys.queries.due import closed, to_open


def find_due() -> Done:
    """By the clock: one job for each form that closed, and for each training session whose last half-day has begun."""
    return Done(partial(_enqueue, closed(), to_open()))


def count(window_id: int) -> Done:
    """Make the figures of a form that closed."""
    return Done(partial(operations.count_closed, window_id))


def open_evaluation(training_id: int) -> Done:
    """Open the evaluation of a training session."""
    return Done(partial(operations.open_by_the_clock, training_id))


def _enqueue(window_ids: list[tuple[int, str]], training_ids: list[int]) -> None:
    for window_id, closes_at in window_ids:
        enqueue("surveys.count", dedupe=f"surveys.count:{window_id}:{closes_at}", window_id=window_id)
    for training_id in training_ids:
        enqueue("surveys.open", dedupe=f"surveys.open:{training_id}", training_id=training_id)
