"""One attempt, for whoever may read the answers of its training session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.factories.models import Factory, Person
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import Answer, Attempt, LateAnswer
from app.quizzes.rules import HANDED_IN, AttemptMode, AttemptState
from app.sessions.models import Seat


@dataclass(frozen=True, slots=True)
class OneAttempt:
    """An attempt and whose it is."""

    attempt_id: int
    person_id: int
    name: str
    local_name: str | None
    language: str
    factory_name: str
    number: int
    state: AttemptState
    mode: AttemptMode
    form: int
    question_ids: list[int]
    started_at: datetime | None
    submitted_at: datetime | None
    score: float | None
    max_score: float | None
    passed: bool | None

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN


_ATTEMPTS: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Attempt.id, Person.id, Person.name, Person.local_name, Person.language, Factory.name, Attempt.number,
        Attempt.state, Attempt.mode, Attempt.form, Attempt.question_ids, Attempt.started_at,
        Attempt.submitted_at, Attempt.score, Attempt.max_score, Attempt.passed,
    )
    .join(Person, Person.id == Attempt.person_id)
    .join(Seat, sa.and_(Seat.training_id == Attempt.training_id, Seat.person_id == Attempt.person_id))
    .join(Factory, Factory.id == Seat.factory_id)
)  # fmt: skip


def one_attempt(training_id: int, unit_id: int, attempt_id: int) -> OneAttempt:
    """An attempt at a quiz of a training session. Raises NotFound."""
    wanted = Attempt.id == attempt_id, Attempt.training_id == training_id, Attempt.unit_id == unit_id
    row = db.session.execute(_ATTEMPTS.where(*wanted)).one_or_none()
    if row is None:
        raise NotFound
    return OneAttempt(*row)


def attempts_of(training_id: int, unit_id: int) -> Sequence[OneAttempt]:
    """Every attempt at a quiz of a training session that somebody began, by factory, name and number."""
    begun = Attempt.training_id == training_id, Attempt.unit_id == unit_id, Attempt.started_at.is_not(None)
    rows = db.session.execute(
        _ATTEMPTS.where(*begun).order_by(Factory.name, Factory.id, Person.search_text, Person.id, Attempt.number)
    )
    return [OneAttempt(*row) for row in rows]


def saved_answers(attempt_id: int) -> Mapping[int, Any]:
    """Question -> row of saved_at and language."""
    rows = db.session.execute(
        sa.select(Answer.question_id, Answer.choice, Answer.saved_at, Answer.language).where(
            Answer.attempt_id == attempt_id
        )
    )
    return {row.question_id: row for row in rows}


def late_answers(attempt_id: int) -> Sequence[LateAnswer]:
    """What came too late, in the order in which it came."""
    statement = sa.select(LateAnswer).where(LateAnswer.attempt_id == attempt_id)
    return db.session.scalars(statement.order_by(LateAnswer.arrived_at, LateAnswer.id)).all()
