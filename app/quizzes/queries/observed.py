"""Observed tasks: who has been seen doing them, and what was seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import Answer, Attempt, Question
from app.quizzes.queries.windows import Name, people_of
from app.quizzes.rules import AttemptState
from app.quizzes.shown import Shown, Stored, shown
from app.sessions.models import TrainingSession

_OVER = (AttemptState.GRADED, AttemptState.ABANDONED)


@dataclass(frozen=True, slots=True)
class Watched:
    """A person, and how many of the observed tasks are noted. `is_over`: nothing can be noted any more."""

    person: Name
    noted: int
    tasks: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Task:
    """An observed task of one person; `ticked` are the numbers of the criteria that were seen, None while not noted."""

    shown: Shown
    ticked: frozenset[int] | None


def has_observed(unit_id: int) -> bool:
    """Whether a quiz has a task that a trainer watches."""
    return bool(_task_ids(unit_id))


def watched(training: TrainingSession, unit_id: int) -> Sequence[Watched]:
    """Everybody with a booked seat. Four statements, however many."""
    tasks = _task_ids(unit_id)
    attempts = {row.person_id: row for row in db.session.execute(_attempts(training.id, unit_id))}
    noted = _noted([row.id for row in attempts.values()], tasks)
    found = []
    for person in people_of(training.id):
        attempt = attempts.get(person.person_id)
        of_person = tasks if attempt is None else tasks & {*attempt.question_ids}
        done = len(noted.get(attempt.id, ())) if attempt else 0
        found.append(Watched(person, done, len(of_person), bool(attempt and attempt.state in _OVER)))
    return found


def tasks_of(
    training: TrainingSession, unit_id: int, person_id: int, wanted: Iterable[str | None]
) -> tuple[Watched, Sequence[Task]]:
    """One person with the tasks in a language that the reader wants. Raises NotFound without a booked seat."""
    person = next((each for each in watched(training, unit_id) if each.person.person_id == person_id), None)
    if person is None:
        raise NotFound
    attempt = db.session.execute(_attempts(training.id, unit_id).where(Attempt.person_id == person_id)).first()
    ids = attempt.question_ids if attempt else _task_ids(unit_id)
    rows = db.session.execute(
        sa.select(Question.id, Question.code, Question.texts, Answer.choice, Answer.revision)
        .outerjoin(
            Answer,
            sa.and_(Answer.question_id == Question.id, Answer.attempt_id == (attempt.id if attempt else None)),
        )
        .where(Question.id.in_(ids), Question.kind == "observed")
        .order_by(Question.position)
    )
    return person, [_task(number, row, list(wanted)) for number, row in enumerate(rows, 1)]


def _task(number: int, row: Any, wanted: list[str | None]) -> Task:
    stored = Stored(row.id, number, row.code, "observed", row.texts, row.choice, row.revision or 0)
    ticked = None if row.choice is None else frozenset(map(int, row.choice))
    return Task(shown(stored, 0, wanted), ticked)


def _task_ids(unit_id: int) -> set[int]:
    of_quiz = sa.select(Question.id).where(Question.unit_id == unit_id)
    return set(db.session.scalars(of_quiz.where(Question.kind == "observed")))


def _attempts(training_id: int, unit_id: int) -> sa.Select[int, int, AttemptState, list[int]]:
    """The last attempt of each person."""
    of_quiz = Attempt.training_id == training_id, Attempt.unit_id == unit_id
    last = sa.select(sa.func.max(Attempt.id)).where(*of_quiz).group_by(Attempt.person_id)
    return sa.select(Attempt.id, Attempt.person_id, Attempt.state, Attempt.question_ids).where(Attempt.id.in_(last))


def _noted(attempt_ids: Sequence[int], tasks: set[int]) -> dict[int, set[int]]:
    rows = db.session.execute(
        sa.select(Answer.attempt_id, Answer.question_id).where(
            Answer.attempt_id.in_(attempt_ids), Answer.question_id.in_(tasks)
        )
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row.attempt_id, set()).add(row.question_id)
    return found
