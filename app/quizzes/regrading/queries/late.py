"""Answers that came too late, and what was decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Account
from app.factories.models import Person
from app.platform.db import db
from app.quizzes.models import Answer, Attempt, LateAnswer, Question
from app.quizzes.rules import Late


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A late answer beside the one that is saved."""

    late_id: int
    attempt_id: int
    name: str
    local_name: str | None
    language: str
    number: int
    position: int
    texts: dict[str, Any]
    key: dict[str, Any]
    choice: list[str]
    saved: list[str] | None
    replaced: list[str] | None
    arrived_at: datetime
    deadline_at: datetime | None
    submitted_at: datetime | None
    why: Late
    counts: bool | None
    decided_by: str | None
    decided_at: datetime | None
    decided_why: str

    @property
    def late_by(self) -> timedelta | None:
        """How long after its time was over, or after it was handed in."""
        ends = [end for end in (self.deadline_at, self.submitted_at) if end is not None]
        end = min(ends, default=None)
        return None if end is None else max(self.arrived_at - end, timedelta(0))


def late_answers(training_id: int, unit_id: int) -> Sequence[KeptAnswer]:
    """All late answers to a quiz of a training session: those that wait for a decision first. One statement."""
    rows = db.session.execute(
        sa.select(
            LateAnswer.id, LateAnswer.attempt_id, Person.name, Person.local_name, Person.language, Attempt.number,
            Question.position, Question.texts, Question.key, LateAnswer.choice, Answer.choice.label("saved"),
            LateAnswer.replaced, LateAnswer.arrived_at, Attempt.deadline_at, Attempt.submitted_at, LateAnswer.why,
            LateAnswer.counts, Account.name.label("by"), LateAnswer.decided_at, LateAnswer.decided_why,
        )
        .join(Attempt, Attempt.id == LateAnswer.attempt_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(Question, Question.id == LateAnswer.question_id)
        .outerjoin(
            Answer, sa.and_(Answer.attempt_id == LateAnswer.attempt_id, Answer.question_id == LateAnswer.question_id)
        )
        .outerjoin(Account, Account.id == LateAnswer.decided_by)
        .where(Attempt.training_id == training_id, Attempt.unit_id == unit_id)
        .order_by(LateAnswer.counts.is_not(None), LateAnswer.arrived_at, LateAnswer.id)
    )  # fmt: skip
    return [KeptAnswer(*row) for row in rows]


def undecided_in(training_id: int) -> dict[int, int]:
    """Quiz -> how many late answers nobody has decided about. One statement."""
    rows = db.session.execute(
        sa.select(Attempt.unit_id, sa.func.count())
        .join(LateAnswer, LateAnswer.attempt_id == Attempt.id)
        .where(Attempt.training_id == training_id, LateAnswer.counts.is_(None))
        .group_by(Attempt.unit_id)
    )
    return {unit_id: count for unit_id, count in rows}  # noqa: C416 - as rows are no pairs
