"""Planning, opening and reminding by the clock."""

from collections.abc import Mapping, Sequence
from functools import partial

from app.platform.clock import now
from app.platform.jobs import Done, enqueue
from app.quizzes.followups import operations
from app.quizzes.followups.queries import due


def find_due() -> Done:
    """By the clock: one job for each training session to plan, each quiz to open and each that closes soon; at most one
    an hour for each.
    """
    return Done(partial(_enqueue, due.to_plan(), {"open": due.to_open(), "call": due.to_call()}))


def plan(training_id: int) -> Done:
    """Plan the quizzes before and after a training session."""
    return Done(partial(operations.plan, training_id))


def open_planned(plan_id: int) -> Done:
    """Open a planned quiz."""
    return Done(partial(operations.open_planned, plan_id))


def call_last(plan_id: int) -> Done:
    """Remind that a quiz closes soon."""
    return Done(partial(operations.call_last, plan_id))


def _enqueue(training_ids: Sequence[int], plans: Mapping[str, Sequence[int]]) -> None:
    hour = f"{now():%Y-%m-%dT%H}"
    for training_id in training_ids:
        enqueue("followups.plan", dedupe=f"followups.plan:{training_id}:{hour}", training_id=training_id)
    for plan_id in plans["open"]:
        enqueue("followups.open", dedupe=f"followups.open:{plan_id}:{hour}", plan_id=plan_id)
    for plan_id in plans["call"]:
        enqueue("followups.call", dedupe=f"followups.call:{plan_id}:{hour}", plan_id=plan_id)
