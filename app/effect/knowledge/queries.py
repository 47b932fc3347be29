"""Sums of matched pairs, made by the database."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.courses.models import CourseVersion
from app.effect.asked import Asked
from app.effect.knowledge.rules import TOP, Counted
from app.factories.models import Person
from app.platform.db import db
from app.quizzes.results.queries import matched
from app.quizzes.results.rules import Pairs
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState


def counted(asked: Asked) -> Sequence[Counted]:
    """People who took the test before and the one after in the same training session, by course, the language of the
    session and their sex. Who took one test alone is left out; who took a course twice counts once, the first time:
    fewer than five people are not more by what they did twice. One statement."""
    pairs = _pairs(asked)
    groups = pairs.c.course_id, pairs.c.language, pairs.c.sex
    before, after = (sa.cast(share, sa.Float) for share in (pairs.c.before, pairs.c.after))
    apart = after - before
    rows = db.session.execute(
        sa.select(
            *groups, sa.func.count(), sa.func.sum(before), sa.func.sum(after), sa.func.sum(before * before),
            sa.func.sum(apart * apart), sa.func.sum(sa.case((before >= TOP - 1e-9, 1), else_=0)))
        .where(pairs.c.turn == 1)
        .group_by(*groups)
        .order_by(*groups)
    )
    return [Counted(row[0], row[1], row[2], Pairs(*row[3:8]), row[8]) for row in rows]


def _pairs(asked: Asked) -> sa.Subquery:
    """Pairs with their turn among those of the same person and course."""
    tests = matched(asked.trainings(), "tests")
    held = (
        sa.select(Meeting.training_id, sa.func.min(Meeting.starts_at).label("at"))
        .where(Meeting.state == MeetingState.PLANNED, Meeting.training_id.in_(asked.trainings()))
        .group_by(Meeting.training_id).subquery())
    whose = CourseVersion.course_id, sa.func.coalesce(Person.merged_into_id, Person.id)
    first = held.c.at.nulls_last(), tests.c.training_id, Person.merged_into_id.nulls_first(), tests.c.person_id
    turn = sa.func.row_number().over(partition_by=whose, order_by=first)
    return (
        sa.select(
            CourseVersion.course_id, TrainingSession.language, Person.sex, tests.c.before, tests.c.after,
            turn.label("turn"))
        .select_from(tests)
        .join(TrainingSession, TrainingSession.id == tests.c.training_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Person, Person.id == tests.c.person_id)
        .outerjoin(held, held.c.training_id == tests.c.training_id)
        .subquery()
    )
