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
from app.sessions.models import TrainingSession


def counted(asked: Asked) -> Sequence[Counted]:
    """People who took the test before and the one after in the same training session, by course, the language of the
    session and their sex. Who took one test alone is left out. One statement."""
    tests = matched(asked.trainings(), "tests")
    groups = CourseVersion.course_id, TrainingSession.language, Person.sex
    before, after = (sa.cast(share, sa.Float) for share in (tests.c.before, tests.c.after))
    apart = after - before
    rows = db.session.execute(
        sa.select(
            *groups, sa.func.count(), sa.func.sum(before), sa.func.sum(after), sa.func.sum(before * before),
            sa.func.sum(apart * apart), sa.func.sum(sa.case((before >= TOP - 1e-9, 1), else_=0)))
        .select_from(tests)
        .join(TrainingSession, TrainingSession.id == tests.c.training_id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Person, Person.id == tests.c.person_id)
        .group_by(*groups)
        .order_by(*groups)
    )
    return [Counted(row[0], row[1], row[2], Pairs(*row[3:8]), row[8]) for row in rows]
