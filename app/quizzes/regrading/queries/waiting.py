"""Answers that wait for a person, and those that were graded by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.courses.models import Unit
from app.factories.models import Person
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import Answer, Attempt, KeyChange, ManualGrade, Question
from app.quizzes.regrading.rules import BY_HAND
from app.quizzes.rules import HANDED_IN


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """An answer that a person grades. Whose it is stands apart, so that a page can leave it out."""

    answer_id: int
    attempt_id: int
    question_id: int
    position: int
    texts: dict[str, Any]
    key: dict[str, Any]
    words: str
    language: str | None
    handed_in_at: datetime
    name: str
    person_language: str


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave for an answer, and when."""

    grade_id: int
    share: Decimal
    comment: str
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far the grading of a quiz is: what waits, the oldest first, and the answers graded last."""

    waiting: Sequence[int]
    graded: Sequence[int]


_LAST = aliased(KeyChange)
_WITHDRAWN = sa.exists().where(
    KeyChange.question_id == Question.id,
    KeyChange.number == sa.select(sa.func.max(_LAST.number)).where(_LAST.question_id == Question.id).scalar_subquery(),
    sa.cast(KeyChange.key, sa.String) == "null",
)
_GRADED = sa.exists().where(
    ManualGrade.attempt_id == Answer.attempt_id,
    ManualGrade.question_id == Answer.question_id,
    ManualGrade.at >= Answer.saved_at,
)
IS_PRACTICE = sa.exists().where(Unit.id == Attempt.unit_id, Unit.rules["practice"].as_boolean())
"""Of an attempt: whether it never counts, so that nobody has to read it."""
_OPEN = (
    Attempt.state.in_(HANDED_IN), Question.kind.in_(BY_HAND), sa.cast(Answer.choice, sa.String) != "[]", ~_WITHDRAWN,
    ~IS_PRACTICE,
)  # fmt: skip
_MOST_GRADED = 50


def waiting(training_id: int, unit_id: int) -> Waiting:
    """What waits in a quiz of a training session. Two statements."""
    here = Attempt.training_id == training_id, Attempt.unit_id == unit_id
    ids = _answers(sa.select(Answer.id)).where(*here, *_OPEN)
    last = sa.select(sa.func.max(ManualGrade.id)).where(
        ManualGrade.attempt_id == Answer.attempt_id, ManualGrade.question_id == Answer.question_id
    )
    graded = ids.where(_GRADED).order_by(last.scalar_subquery().desc()).limit(_MOST_GRADED)
    left = ids.where(~_GRADED).order_by(Attempt.submitted_at, Answer.id)
    return Waiting(db.session.scalars(left).all(), db.session.scalars(graded).all())


def waiting_in(training_id: int) -> dict[int, int]:
    """Quiz -> how many answers wait for a person. One statement."""
    rows = db.session.execute(
        answers_waiting(sa.select(Attempt.unit_id, sa.func.count()))
        .where(Attempt.training_id == training_id)
        .group_by(Attempt.unit_id)
    )
    return {unit_id: count for unit_id, count in rows}  # noqa: C416 - as rows are no pairs


def open_answer(training_id: int, unit_id: int, answer_id: int) -> OpenAnswer:
    """One of them. Raises NotFound."""
    row = db.session.execute(
        _answers(
            sa.select(
                Answer.id, Answer.attempt_id, Answer.question_id, Question.position, Question.texts, Question.key,
                Answer.choice, Answer.language, Attempt.submitted_at, Person.name, Person.language.label("speaks"),
            )
        )
        .join(Person, Person.id == Attempt.person_id)
        .where(Answer.id == answer_id, Attempt.training_id == training_id, Attempt.unit_id == unit_id, *_OPEN)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    return OpenAnswer(
        row.id, row.attempt_id, row.question_id, row.position, row.texts, row.key, row.choice[0], row.language,
        row.submitted_at, row.name, row.speaks,
    )  # fmt: skip


def given_for(attempt_id: int, question_id: int) -> Sequence[Given]:
    """What was given for an answer, the last first. One statement."""
    rows = db.session.execute(
        sa.select(ManualGrade.id, ManualGrade.share, ManualGrade.comment, Account.name, ManualGrade.at)
        .outerjoin(Account, Account.id == ManualGrade.account_id)
        .where(ManualGrade.attempt_id == attempt_id, ManualGrade.question_id == question_id)
        .order_by(ManualGrade.id.desc())
    )
    return [Given(*row) for row in rows]


def answers_waiting(statement: Any) -> Any:
    """A statement about attempts, answers and questions, of those answers alone that wait for a person."""
    return _answers(statement).where(*_OPEN, ~_GRADED)


def _answers(statement: Any) -> Any:
    return statement.select_from(Answer).join(Attempt, Attempt.id == Answer.attempt_id).join(
        Question, Question.id == Answer.question_id
    )
