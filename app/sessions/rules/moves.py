"""What can be decided about a training session: from which state to which, and on what conditions. Pure.

In progress and held are no states: the clock says them of a confirmed one. Conditions ask the clock instead.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.sessions.rules.states import TrainingState


class Act(StrEnum):
    """One verb each."""

    ANNOUNCE = "announce"
    CONFIRM = "confirm"
    POSTPONE = "postpone"
    RESUME = "resume"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"


class Condition(StrEnum):
    """What must be true at that moment."""

    HAS_DATES = "has_dates"
    HAS_DATES_OR_MONTH = "has_dates_or_month"
    IS_AHEAD = "is_ahead"
    """A half-day has not begun yet."""
    NONE_RUNS = "none_runs"
    ALL_DATED = "all_dated"
    """No half-day waits for another date."""
    IS_HELD = "is_held"
    IS_NOT_HELD = "is_not_held"


class Right(StrEnum):
    """What whoever decides must be allowed."""

    PLAN = "plan"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Facts:
    """The half-days as they stand: start and end of those that are planned."""

    planned: tuple[tuple[datetime, datetime], ...]
    has_postponed: bool
    has_month: bool
    at: datetime


@dataclass(frozen=True)
class Step:
    """One row of the table."""

    act: Act
    before: TrainingState
    after: TrainingState
    conditions: tuple[Condition, ...] = ()
    right: Right = Right.PLAN
    needs_reason: bool = False


_DRAFT, _TENTATIVE, _CONFIRMED = TrainingState.DRAFT, TrainingState.TENTATIVE, TrainingState.CONFIRMED
_POSTPONED, _CLOSED, _CANCELLED = TrainingState.POSTPONED, TrainingState.CLOSED, TrainingState.CANCELLED
_TO_POSTPONE = (Condition.IS_AHEAD, Condition.NONE_RUNS)

STEPS: tuple[Step, ...] = (
    Step(Act.ANNOUNCE, _DRAFT, _TENTATIVE, (Condition.HAS_DATES_OR_MONTH,)),
    Step(Act.CONFIRM, _DRAFT, _CONFIRMED, (Condition.HAS_DATES,)),
    Step(Act.CONFIRM, _TENTATIVE, _CONFIRMED, (Condition.HAS_DATES,)),
    Step(Act.POSTPONE, _TENTATIVE, _POSTPONED, _TO_POSTPONE, needs_reason=True),
    Step(Act.POSTPONE, _CONFIRMED, _POSTPONED, _TO_POSTPONE, needs_reason=True),
    Step(Act.RESUME, _POSTPONED, _TENTATIVE, (Condition.ALL_DATED, Condition.HAS_DATES)),
    Step(Act.RESUME, _POSTPONED, _CONFIRMED, (Condition.ALL_DATED, Condition.HAS_DATES)),
    Step(Act.CLOSE, _CONFIRMED, _CLOSED, (Condition.IS_HELD,)),
    Step(Act.REOPEN, _CLOSED, _CONFIRMED, right=Right.REOPEN, needs_reason=True),
    Step(Act.CANCEL, _DRAFT, _CANCELLED, needs_reason=True),
    Step(Act.CANCEL, _TENTATIVE, _CANCELLED, needs_reason=True),
    Step(Act.CANCEL, _CONFIRMED, _CANCELLED, (Condition.IS_NOT_HELD,), needs_reason=True),
    Step(Act.CANCEL, _POSTPONED, _CANCELLED, needs_reason=True),
)
"""Every decision there is (FIELD 2.2, 2.7). What is not here cannot be done."""


def is_held(planned: Iterable[tuple[datetime, datetime]], at: datetime) -> bool:
    """Whether every planned half-day has ended; with none of them nothing was held."""
    ends = [ends_at for _starts_at, ends_at in planned]
    return bool(ends) and max(ends) <= at


_TRUE: dict[Condition, Callable[[Facts], bool]] = {
    Condition.HAS_DATES: lambda facts: bool(facts.planned),
    Condition.HAS_DATES_OR_MONTH: lambda facts: bool(facts.planned) or facts.has_month,
    Condition.IS_AHEAD: lambda facts: any(starts_at > facts.at for starts_at, _ends_at in facts.planned),
    Condition.NONE_RUNS: lambda facts: not any(starts <= facts.at < ends for starts, ends in facts.planned),
    Condition.ALL_DATED: lambda facts: not facts.has_postponed,
    Condition.IS_HELD: lambda facts: is_held(facts.planned, facts.at),
    Condition.IS_NOT_HELD: lambda facts: not is_held(facts.planned, facts.at),
}


def step(act: Act, before: TrainingState, after: TrainingState | None = None) -> Step | None:
    """The row for this act from this state - and to that one, where there are two - or None when it cannot be done."""
    found = (row for row in STEPS if row.act is act and row.before is before)
    return next((row for row in found if after is None or row.after is after), None)


def unmet(row: Step, facts: Facts) -> Condition | None:
    """The first condition that is not true, or None."""
    return next((condition for condition in row.conditions if not _TRUE[condition](facts)), None)


def possible(state: TrainingState, facts: Facts) -> frozenset[Act]:
    """What can be decided now. Whether all is dated is asked when new dates are given, not before."""
    dated = Facts(facts.planned or ((facts.at, facts.at),), False, facts.has_month, facts.at)
    return frozenset(
        row.act
        for row in STEPS
        if row.before is state and unmet(row, dated if row.act is Act.RESUME else facts) is None
    )
