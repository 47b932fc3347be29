"""Sums of matched pairs, made by the database."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.courses.models import CourseVersion
from app.courses.rules import QuizPhase
from app.effect.asked import Asked
from app.effect.knowledge.rules import TOP, Counted
from app.factories.models import Person
from app.platform.db import db
from app.quizzes.results.queries import shares
from app.quizzes.results.rules import Pairs
from app.sessions.models import TrainingSession


def counted(asked: Asked) -> Sequence[Counted]:
    """People who took the test before and the one after in the same training session, by course, the language of the
    session and their sex. Who took one test alone is left out; who took a course twice counts once, the first time,
    for fewer than five people are not told by what they did twice. One statement."""
    pairs = _pairs(asked)
    first, apart = sa.cast(pairs.c.first, sa.Float), sa.cast(pairs.c.apart, sa.Float)
    groups = pairs.c.course_id, pairs.c.language, pairs.c.sex
    rows = db.session.execute(
        sa.select(
            *groups, sa.func.count(), sa.func.sum(first), sa.func.sum(first + apart), sa.func.sum(first * first),
            sa.func.sum(apart * apart), sa.func.sum(sa.case((first >= TOP - 1e-9, 1), else_=0)))
        .where(pairs.c.turn == 1)
        .group_by(*groups)
        .order_by(*groups)
    )
    return [Counted(row[0], row[1], row[2], Pairs(*row[3:8]), row[8]) for row in rows]


def _pairs(asked: Asked) -> sa.Subquery:
    before = shares(asked.trainings(), QuizPhase.PRE, "before")
    after = shares(asked.trainings(), QuizPhase.POST, "after")
    whose = CourseVersion.course_id, sa.func.coalesce(Person.merged_into_id, Person.id)
    turn = sa.func.row_number().over(partition_by=whose, order_by=(before.c.at, before.c.training_id))
    return (
        sa.select(
            CourseVersion.course_id, TrainingSession.language, Person.sex, before.c.share.label("first"),
            (after.c.share - before.c.share).label("apart"), turn.label("turn"))
        .select_from(before)
        .join(after, sa.and_(after.c.person_id == before.c.person_id, after.c.training_id == before.c.training_id))
        .join(TrainingSession, TrainingSession.id == before.c.training_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Person, Person.id == before.c.person_id)
        .subquery()
    )
