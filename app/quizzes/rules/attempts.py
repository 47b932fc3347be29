"""Attempts: how they stand, and which answers count."""

from datetime import datetime, timedelta
from enum import StrEnum


class AttemptState(StrEnum):
    """Submitted and graded are apart, so that a failure while grading cannot lose a submission."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    GRADED = "graded"
    ABANDONED = "abandoned"


OPEN = frozenset({AttemptState.NOT_STARTED, AttemptState.IN_PROGRESS, AttemptState.OVERDUE})
"""A person has at most one attempt at a quiz in one of these."""
HANDED_IN = frozenset({AttemptState.SUBMITTED, AttemptState.GRADED})


class AttemptMode(StrEnum):
    """How the answers of an attempt come in."""

    OWN = "own"
    """The person gives them, on a phone or at a kiosk."""
    ALOUD = "aloud"
    """A trainer reads the questions out and notes what each person shows."""
    PAPER = "paper"
    """They were written on paper and are typed twice."""


class Late(StrEnum):
    """Why an answer does not count by itself. It is kept, and a person decides."""

    AFTER_TIME = "after_time"
    AFTER_HANDING_IN = "after_handing_in"


def due_at(started: datetime, limit: timedelta | None, closes: datetime | None) -> datetime | None:
    """When answers are due: start plus limit, never after the quiz closes; None is never."""
    return min((end for end in (closes, limit and started + limit) if end), default=None)


def late(state: AttemptState, now: datetime, deadline: datetime | None, grace: timedelta) -> Late | None:
    """Why an answer that arrives now does not count; None when it does: up to the deadline plus grace."""
    if state is not AttemptState.IN_PROGRESS and state is not AttemptState.OVERDUE:
        return Late.AFTER_HANDING_IN
    is_running = state is AttemptState.IN_PROGRESS
    return None if is_running and not is_due(now, deadline, grace) else Late.AFTER_TIME


def may_answer(state: AttemptState, now: datetime, deadline: datetime | None, grace: timedelta) -> bool:
    """Whether an answer that arrives now counts."""
    return late(state, now, deadline, grace) is None


def is_due(now: datetime, deadline: datetime | None, grace: timedelta) -> bool:
    """Whether the attempt must be closed: the deadline and the grace for slow networks are over."""
    return deadline is not None and now > deadline + grace


def finished_at(now: datetime, deadline: datetime | None) -> datetime:
    """When an attempt that is closed now counts as finished: never after its deadline."""
    return now if deadline is None else min(now, deadline)
