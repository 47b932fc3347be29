"""How far an action is, and when a person may close it. Pure.

A training is rarely the whole remedy: an action also has a step of the management system, and nobody closes it before
that is done (DOMAIN 6.3).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.factories.rules import JobRole


class ActionState(StrEnum):
    """How far an action is. The first three follow from what people of the factory have reached; the others a person
    decides."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    TRAINED = "trained"
    DONE = "done"
    DROPPED = "dropped"


OPEN = (ActionState.PLANNED, ActionState.UNDER_WAY, ActionState.TRAINED)


class Change(StrEnum):
    """What happened to an action."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    """By itself, forwards or back."""
    STEP_DONE = "step_done"
    STEP_UNDONE = "step_undone"
    CLOSED = "closed"
    DROPPED = "dropped"


class DropReason(StrEnum):
    """Why an action is not gone on with."""

    ANOTHER_ACTION = "another_action"
    FINDING_WITHDRAWN = "finding_withdrawn"
    LAW_CHANGED = "law_changed"
    MISTAKE = "mistake"
    WORK_ENDED = "work_ended"


class OwnerTitle(StrEnum):
    """Who in the factory looks after an action, by what they are; never by name."""

    GENERAL_MANAGER = "general_manager"
    PRODUCTION_MANAGER = "production_manager"
    HR_MANAGER = "hr_manager"
    COMPLIANCE_OFFICER = "compliance_officer"
    SAFETY_OFFICER = "safety_officer"
    MAINTENANCE_HEAD = "maintenance_head"
    TRAINING_OFFICER = "training_officer"
    COMMITTEE = "committee"


class Obstacle(StrEnum):
    """Why an action cannot be closed yet."""

    ENDED = "ended"
    TRAINING_MISSING = "training_missing"
    STEP_MISSING = "step_missing"


@dataclass(frozen=True)
class Reached:
    """How many people are on their way - they have a seat or a result -, and how many have completed the course: with
    attendance, test and certificate."""

    started: int = 0
    completed: int = 0


@dataclass(frozen=True)
class Step:
    """Something that one person did for the course: has a seat, has a result, or completed it."""

    person_id: int
    role: JobRole | None
    at: datetime
    is_completion: bool


def standing(state: ActionState, people: int | None, reached: Reached) -> ActionState:
    """How far an action is, given how many people it asks for; None where it has no course, so that nothing moves it.
    What a person has ended stays ended."""
    if state not in OPEN:
        return state
    if people is None:
        return ActionState.PLANNED
    if reached.completed >= people:
        return ActionState.TRAINED
    return ActionState.UNDER_WAY if reached.started or reached.completed else ActionState.PLANNED


def reached(steps: Iterable[Step], roles: Collection[JobRole], since: datetime) -> Reached:
    """What counts for an action: steps since it began, of people in its roles; without roles, of everybody. A person
    counts once, and who has completed has started."""
    counted = [each for each in steps if each.at >= since and (not roles or each.role in roles)]
    completed = {each.person_id for each in counted if each.is_completion}
    return Reached(len({each.person_id for each in counted}), len(completed))


def obstacle(state: ActionState, *, has_course: bool, step_is_done: bool) -> Obstacle | None:
    """What keeps a person from closing an action."""
    if state not in OPEN:
        return Obstacle.ENDED
    if has_course and state is not ActionState.TRAINED:
        return Obstacle.TRAINING_MISSING
    return None if step_is_done else Obstacle.STEP_MISSING


def is_overdue(state: ActionState, due_on: date, day: date) -> bool:
    """Whether its day is over and it is not ended."""
    return state in OPEN and due_on < day
