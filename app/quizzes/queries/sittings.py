"""The own attempt and its questions. Statements are built once: this is the path that every answer takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import Unit
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import Answer, Attempt, Question
from app.quizzes.rules import AttemptState
from app.quizzes.shown import Stored
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
    deadline_at: datetime
    score: float | None
    max_score: float | None
    passed: bool | None
    training_state: TrainingState
    seat_state: SeatState
    code: str
    titles: dict[str, str]
    total: int

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


_TOTAL = (
    sa.select(sa.func.count())
    .select_from(Question)
    .where(Question.unit_id == Attempt.unit_id)
    .correlate(Attempt)
    .scalar_subquery()
)
_SITTING = (
    sa.select(
        Attempt.id.label("attempt_id"), Attempt.training_id, Attempt.unit_id, Attempt.person_id, Attempt.number,
        Attempt.state, Attempt.seed, Attempt.deadline_at, Attempt.score, Attempt.max_score, Attempt.passed,
        TrainingSession.state.label("training_state"), Seat.state.label("seat_state"), TrainingSession.code,
        Unit.titles, _TOTAL.label("total"),
    )
    .join(TrainingSession, TrainingSession.id == Attempt.training_id)
    .join(Seat, sa.and_(Seat.training_id == Attempt.training_id, Seat.person_id == Attempt.person_id))
    .join(Unit, Unit.id == Attempt.unit_id)
    .where(Attempt.id == sa.bindparam("attempt_id"), Attempt.person_id == sa.bindparam("person_id"))
)
_HELD = _SITTING.with_for_update(of=Attempt)
_QUESTION = (
    sa.select(
        Question.id.label("question_id"), Question.position.label("number"), Question.code, Question.kind,
        Question.texts, Answer.choice, sa.func.coalesce(Answer.revision, 0).label("revision"),
    )
    .outerjoin(
        Answer, sa.and_(Answer.question_id == Question.id, Answer.attempt_id == sa.bindparam("attempt_id"))
    )
    .where(Question.unit_id == sa.bindparam("unit_id"))
)
_BY_NUMBER = _QUESTION.where(Question.position == sa.bindparam("number"))
_BY_ID = _QUESTION.where(Question.id == sa.bindparam("question_id"))
_STEPS = (
    sa.select(Question.position, Question.id, Question.kind, Answer.choice)
    .outerjoin(
        Answer, sa.and_(Answer.question_id == Question.id, Answer.attempt_id == sa.bindparam("attempt_id"))
    )
    .where(Question.unit_id == sa.bindparam("unit_id"))
    .order_by(Question.position)
)


def sitting(actor: Actor, attempt_id: int, *, hold: bool = False) -> Sitting:
    """The actor's own attempt; with `hold` nobody else can answer or submit it until the transaction ends.

    Raises NotFound for anybody else's.
    """
    values = {"attempt_id": attempt_id, "person_id": actor.person_id}
    row = db.session.execute(_HELD if hold else _SITTING, values).one_or_none()
    if row is None:
        raise NotFound
    return Sitting(**row._mapping)


def asked(sitting: Sitting, number: int) -> Stored:
    """A question by its number (from 1), with the answer saved so far. Raises NotFound."""
    return _stored(_BY_NUMBER, {**_own(sitting), "number": number})


def question_of(sitting: Sitting, question_id: int) -> Stored:
    """A question of this quiz by its id. Raises NotFound for those of other quizzes."""
    return _stored(_BY_ID, {**_own(sitting), "question_id": question_id})


def steps(sitting: Sitting) -> Sequence[Step]:
    """All questions in order, and which are answered. A text without question counts as answered."""
    return [
        Step(position, question_id, kind, bool(choice) or kind == "description")
        for position, question_id, kind, choice in db.session.execute(_STEPS, _own(sitting))
    ]


def _own(sitting: Sitting) -> dict[str, int]:
    return {"attempt_id": sitting.attempt_id, "unit_id": sitting.unit_id}


def _stored(statement: sa.Select[tuple[object, ...]], values: dict[str, int]) -> Stored:
    row = db.session.execute(statement, values).one_or_none()
    if row is None:
        raise NotFound
    return Stored(**row._mapping)
