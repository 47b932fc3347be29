"""The own attempt and its questions. Statements are built once: this is the path that every answer takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import Unit
from app.platform.db import run
from app.platform.refusal import NotFound
from app.quizzes.models import Answer, Attempt, Question
from app.quizzes.rules import AttemptState, QuizPolicy, policy_from
from app.quizzes.shown import NOT_ANSWERED, Stored
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt as its person meets it."""

    attempt_id: int
    training_id: int
    unit_id: int
    person_id: int
    number: int
    state: AttemptState
    seed: int
    question_ids: list[int]
    deadline_at: datetime | None
    score: float | None
    max_score: float | None
    passed: bool | None
    training_state: TrainingState
    seat_state: SeatState
    code: str
    titles: dict[str, str]
    rules: dict[str, Any] | None
    is_older_edition: bool
    """Whether the training session moved on to another edition of its course after this was begun."""

    @property
    def policy(self) -> QuizPolicy:
        return policy_from(self.rules)

    @property
    def total(self) -> int:
        return len(self.question_ids)

    @property
    def is_running(self) -> bool:
        return self.state is AttemptState.IN_PROGRESS


@dataclass(frozen=True, slots=True)
class Step:
    """A question as the overview knows it."""

    number: int
    question_id: int
    kind: str
    is_answered: bool


_SITTING = (
    sa.select(
        Attempt.id.label("attempt_id"), Attempt.training_id, Attempt.unit_id, Attempt.person_id, Attempt.number,
        Attempt.state, Attempt.seed, Attempt.question_ids, Attempt.deadline_at, Attempt.score,
        Attempt.max_score, Attempt.passed,
        TrainingSession.state.label("training_state"), Seat.state.label("seat_state"), TrainingSession.code,
        Unit.titles, Unit.rules, (Unit.version_id != TrainingSession.version_id).label("is_older_edition"),
    )
    .join(TrainingSession, TrainingSession.id == Attempt.training_id)
    .join(Seat, sa.and_(Seat.training_id == Attempt.training_id, Seat.person_id == Attempt.person_id))
    .join(Unit, Unit.id == Attempt.unit_id)
    .where(Attempt.id == sa.bindparam("attempt_id"), Attempt.person_id == sa.bindparam("person_id"))
)
_HELD = _SITTING.with_for_update(of=Attempt)
_QUESTIONS = (
    sa.select(
        Question.id.label("question_id"), Question.code, Question.kind, Question.texts, Answer.choice,
        sa.func.coalesce(Answer.revision, 0).label("revision"),
    )
    .outerjoin(
        Answer, sa.and_(Answer.question_id == Question.id, Answer.attempt_id == sa.bindparam("attempt_id"))
    )
    .where(Question.id.in_((sa.bindparam("question_id"), sa.bindparam("next_id"))))
)
_STEPS = (
    sa.select(Question.id, Question.kind, Answer.choice)
    .outerjoin(
        Answer, sa.and_(Answer.question_id == Question.id, Answer.attempt_id == sa.bindparam("attempt_id"))
    )
    .where(Question.unit_id == sa.bindparam("unit_id"))
)


def sitting(actor: Actor, attempt_id: int, *, hold: bool = False) -> Sitting:
    """The actor's own attempt; with `hold` nobody else can answer or submit it until the transaction ends.

    Raises NotFound for anybody else's.
    """
    values = {"attempt_id": attempt_id, "person_id": actor.person_id}
    row = run(_HELD if hold else _SITTING, values).one_or_none()
    if row is None:
        raise NotFound
    return Sitting(**row._mapping)


def asked(sitting: Sitting, number: int) -> Stored:
    """A question by its number (from 1), with the answer saved so far. Raises NotFound."""
    if not 1 <= number <= sitting.total:
        raise NotFound
    return question_of(sitting, sitting.question_ids[number - 1])


def question_of(sitting: Sitting, question_id: int) -> Stored:
    """A question of this attempt by its id. Raises NotFound for those that were not drawn for it."""
    return _stored(sitting, _number(sitting, question_id))[question_id]


def with_next(sitting: Sitting, question_id: int) -> tuple[Stored, Stored | None]:
    """A question of this attempt and the one after it, which is None after the last. One statement. Raises NotFound."""
    number = _number(sitting, question_id)
    next_id = sitting.question_ids[number] if number < sitting.total else None
    found = _stored(sitting, number, next_id)
    return found[question_id], found.get(next_id or 0)


def _number(sitting: Sitting, question_id: int) -> int:
    if question_id not in sitting.question_ids:
        raise NotFound
    return sitting.question_ids.index(question_id) + 1


def _stored(sitting: Sitting, number: int, next_id: int | None = None) -> dict[int, Stored]:
    question_id = sitting.question_ids[number - 1]
    rows = run(
        _QUESTIONS, {"attempt_id": sitting.attempt_id, "question_id": question_id, "next_id": next_id or question_id}
    )
    return {
        row.question_id: Stored(number=number if row.question_id == question_id else number + 1, **row._mapping)
        for row in rows
    }


def steps(sitting: Sitting) -> Sequence[Step]:
    """All questions in order, and which are answered. What the person has nothing to answer to counts as answered."""
    values = {"attempt_id": sitting.attempt_id, "unit_id": sitting.unit_id}
    found = {row.id: row for row in run(_STEPS, values)}
    return [
        Step(number, question_id, found[question_id].kind, _is_answered(found[question_id]))
        for number, question_id in enumerate(sitting.question_ids, 1)
    ]


def _is_answered(row: Any) -> bool:
    return bool(row.choice) or row.kind in NOT_ANSWERED
