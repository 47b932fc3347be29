"""The questions of a quiz with their keys as they stand, and what became of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Account
from app.courses.models import Course, CourseVersion, Unit
from app.courses.rules import UnitKind
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes.models import GradeChange, KeyChange, Question
from app.quizzes.queries.keys import changes_of


@dataclass(frozen=True, slots=True)
class QuizUnit:
    """A quiz of a course version."""

    unit_id: int
    titles: dict[str, str]
    course_code: str
    course_titles: dict[str, str]
    version: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list of its quiz; `changes` counts other keys that it got."""

    question_id: int
    position: int
    code: str
    kind: str
    texts: dict[str, Any]
    changes: int
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A change of a key: by whom, why, how many grades it changed."""

    number: int
    is_withdrawal: bool
    why: str
    by: str | None
    at: datetime
    grades: int


def quiz_unit(unit_id: int) -> QuizUnit:
    """A quiz by its id. Raises NotFound."""
    row = db.session.execute(
        sa.select(Unit.id, Unit.titles, Course.code, CourseVersion.titles.label("course"), CourseVersion.number)
        .join(CourseVersion, CourseVersion.id == Unit.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Unit.id == unit_id, Unit.kind == UnitKind.QUIZ)
    ).first()
    if row is None:
        raise NotFound
    return QuizUnit(*row)


def questions_of(unit_id: int) -> Sequence[Listed]:
    """The questions of a quiz in their order, but for texts without a question. Three statements."""
    rows = db.session.execute(
        sa.select(Question.id, Question.position, Question.code, Question.kind, Question.texts)
        .where(Question.unit_id == unit_id, Question.kind != "description")
        .order_by(Question.position)
    ).all()
    ids = [row.id for row in rows]
    standing = changes_of(ids)
    counted = db.session.execute(
        sa.select(KeyChange.question_id, sa.func.count().label("changes"))
        .where(KeyChange.question_id.in_(ids))
        .group_by(KeyChange.question_id)
    )
    counts = {row.question_id: row.changes for row in counted}
    return [
        Listed(
            row.id, row.position, row.code, row.kind, row.texts, counts.get(row.id, 0),
            is_withdrawn=row.id in standing and standing[row.id] is None,
        )
        for row in rows
    ]  # fmt: skip


def question_by_id(question_id: int) -> Question:
    """A question that has a key. Raises NotFound."""
    question = db.session.get(Question, question_id)
    if question is None or question.kind == "description":
        raise NotFound
    return question


def key_history(question_id: int) -> Sequence[KeyEntry]:
    """Every other key that a question got, the latest first. One statement."""
    grades = (
        sa.select(sa.func.count())
        .where(GradeChange.about == sa.literal("key_change:") + sa.cast(KeyChange.id, sa.String))
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(KeyChange.number, KeyChange.key, KeyChange.why, Account.name, KeyChange.at, grades)
        .outerjoin(Account, Account.id == KeyChange.account_id)
        .where(KeyChange.question_id == question_id)
        .order_by(KeyChange.number.desc())
    )
    return [KeyEntry(number, key is None, why, by, at, count) for number, key, why, by, at, count in rows]
