"""Attempts: which moves are allowed, and which answers count."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction


class AttemptState(StrEnum):
    """Submitted and graded are apart, so that a failure while grading cannot lose a submission."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    GRADED = "graded"
    ABANDONED = "abandoned"


MOVES: Mapping[AttemptState, frozenset[AttemptState]] = {
    AttemptState.NOT_STARTED: frozenset({AttemptState.IN_PROGRESS, AttemptState.ABANDONED}),
    AttemptState.IN_PROGRESS: frozenset({AttemptState.OVERDUE, AttemptState.SUBMITTED, AttemptState.ABANDONED}),
    AttemptState.OVERDUE: frozenset({AttemptState.SUBMITTED, AttemptState.ABANDONED}),
    AttemptState.SUBMITTED: frozenset({AttemptState.GRADED}),
    AttemptState.GRADED: frozenset(),
    # Staff may open it again; when time is over by then, it is handed in at once with what was saved.
    AttemptState.ABANDONED: frozenset({AttemptState.IN_PROGRESS, AttemptState.SUBMITTED}),
}


def may_move(old: AttemptState, new: AttemptState) -> bool:
    """Whether an attempt may go from one state to another."""
    return new in MOVES[old]


class Arrival(StrEnum):
    """What becomes of an answer when it arrives: it counts, it is kept as late evidence, or it is refused."""

    COUNTS = "counts"
    LATE = "late"
    REFUSED = "refused"


def due_at(started: datetime, limit: timedelta | None, closes: datetime | None, extra: Fraction) -> datetime | None:
    """When answers are due: start plus limit times `extra` (1 = usual time), never after the quiz closes."""
    ends = [closes] if closes else []
    if limit is not None:
        ends.append(started + timedelta(seconds=float(limit.total_seconds() * extra)))
    return min(ends, default=None)


def arrival(state: AttemptState, now: datetime, deadline: datetime | None, grace: timedelta) -> Arrival:
    """An answer up to deadline plus grace counts; later ones are kept as long as nothing was handed in."""
    if state is AttemptState.IN_PROGRESS and not is_due(now, deadline, grace):
        return Arrival.COUNTS
    is_open = state in {AttemptState.IN_PROGRESS, AttemptState.OVERDUE}
    return Arrival.LATE if is_open else Arrival.REFUSED


def may_answer(state: AttemptState, now: datetime, deadline: datetime | None, grace: timedelta) -> bool:
    """Whether an answer that arrives now counts."""
    return arrival(state, now, deadline, grace) is Arrival.COUNTS


def is_due(now: datetime, deadline: datetime | None, grace: timedelta) -> bool:
    """Whether the attempt must be closed: the deadline and the grace for slow networks are over."""
    return deadline is not None and now > deadline + grace


def finished_at(now: datetime, deadline: datetime | None) -> datetime:
    """When an attempt that is closed now counts as finished: never after its deadline."""
    return now if deadline is None else min(now, deadline)
