"""Handing in what nobody handed in."""

from collections.abc import Sequence
from datetime import datetime

from app.platform.clock import now
from app.platform.jobs import Done, enqueue
from app.quizzes import operations, queries


def find_overdue() -> Done:
    """By the clock: one job for each attempt whose time is over, so that one that fails holds up no other."""
    found = queries.overdue(now())
    return Done(lambda: _enqueue(found))


def close_overdue(attempt_id: int) -> Done:
    """Hand in one overdue attempt."""
    return Done(lambda: operations.close_overdue(attempt_id))


def grade(attempt_id: int) -> Done:
    """Grade one attempt that could not be graded when it was handed in."""
    return Done(lambda: operations.grade_submitted(attempt_id))


def _enqueue(found: Sequence[tuple[int, datetime]]) -> None:
    for attempt_id, deadline in found:
        dedupe = f"quizzes.close_overdue:{attempt_id}:{deadline.isoformat()}"
        enqueue("quizzes.close_overdue", dedupe=dedupe, attempt_id=attempt_id)
