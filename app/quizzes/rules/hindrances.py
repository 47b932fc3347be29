"""Why somebody cannot begin another attempt, in whatever way: on a phone, read aloud, on paper. Pure."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.quizzes.rules.attempts import AttemptState
from app.quizzes.rules.limits import answers_were_shown
from app.quizzes.rules.policy import Release, Terms


class Hindrance(StrEnum):
    """Why somebody cannot begin an attempt in this way now."""

    ANSWERING = "answering"
    """The person is answering on a phone or at a kiosk."""
    USED = "used"
    """All attempts are used."""
    SAW_ANSWERS = "saw_answers"


class Taken(Protocol):
    """An attempt that a person has."""

    @property
    def state(self) -> AttemptState: ...

    @property
    def deadline_at(self) -> datetime | None: ...


_RUNNING = (AttemptState.IN_PROGRESS, AttemptState.OVERDUE)


def hindrance(taken: Iterable[Taken], terms: Terms, *, opens_at: datetime | None) -> Hindrance | None:
    """Why a person with these attempts cannot begin another one. `opens_at` is since when the quiz is open for the
    person: answers of attempts that were due before then were shown, where the rules show them after closing. None for
    what was answered on paper some time before.
    """
    begun = [each for each in taken if each.state is not AttemptState.NOT_STARTED]
    if any(each.state in _RUNNING for each in begun):
        return Hindrance.ANSWERING
    if terms.policy.release is Release.AFTER_CLOSING and opens_at is not None:
        deadlines = [each.deadline_at for each in begun if each.deadline_at is not None]
        if any(answers_were_shown(each, opens_at) for each in deadlines):
            return Hindrance.SAW_ANSWERS
    is_used = terms.attempts is not None and len(begun) >= terms.attempts
    return Hindrance.USED if is_used else None
