"""Which quizzes have answers that wait for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import CourseVersion, Unit
from app.platform.db import db
from app.quizzes.models import Attempt, LateAnswer
from app.quizzes.regrading.queries.waiting import IS_PRACTICE, answers_waiting
from app.quizzes.rules import AttemptState
from app.sessions.models import Trainer, TrainingSession


@dataclass(frozen=True, slots=True)
class ToGrade:
    """A quiz of a training session with open answers that nobody has graded, or late ones to decide about."""

    training_id: int
    unit_id: int
    code: str
    course_titles: dict[str, str]
    titles: dict[str, str]
    waiting: int
    late: int


def to_grade(actor: Actor, most: int, *, taught_only: bool) -> Sequence[ToGrade]:
    """Those of the training sessions in which the actor may grade - or, of these, teaches -, the oldest first. One
    statement. Only attempts that are handed in and not graded yet are looked at, and late answers without a decision:
    what was graded long ago costs nothing.
    """
    open_ones = answers_waiting(
        sa.select(Attempt.training_id, Attempt.unit_id, sa.literal(1).label("waiting"), sa.literal(0).label("late"))
    ).where(Attempt.state == AttemptState.SUBMITTED)
    late_ones = (
        sa.select(Attempt.training_id, Attempt.unit_id, sa.literal(0), sa.literal(1))
        .select_from(LateAnswer)
        .join(Attempt, Attempt.id == LateAnswer.attempt_id)
        .where(LateAnswer.counts.is_(None), ~IS_PRACTICE)
    )
    each = open_ones.union_all(late_ones).subquery()
    sums = (
        sa.select(
            each.c.training_id, each.c.unit_id,
            sa.func.sum(each.c.waiting).label("waiting"), sa.func.sum(each.c.late).label("late"),
        )
        .group_by(each.c.training_id, each.c.unit_id)
        .subquery()
    )  # fmt: skip
    statement = (
        sa.select(
            sums.c.training_id, sums.c.unit_id, TrainingSession.code, CourseVersion.titles,
            Unit.titles.label("quiz_titles"), sums.c.waiting, sums.c.late,
        )
        .select_from(sums)
        .join(TrainingSession, TrainingSession.id == sums.c.training_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Unit, Unit.id == sums.c.unit_id)
        .where(_may(actor), _teaches(actor) if taught_only else sa.true())
        .order_by(sums.c.training_id, Unit.position)
        .limit(most)
    )  # fmt: skip
    return [ToGrade(*row) for row in db.session.execute(statement)]


def _may(actor: Actor) -> sa.ColumnElement[bool]:
    scope = actor.scope(Permission.QUIZZES_GRADE)
    return sa.true() if scope.everything else TrainingSession.programme_id.in_(scope.programmes)


def _teaches(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.exists().where(Trainer.training_id == TrainingSession.id, Trainer.account_id == actor.account_id)
