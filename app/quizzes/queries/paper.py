"""What was reached in tests on paper."""

from collections.abc import Collection
from fractions import Fraction

import sqlalchemy as sa

from app.courses.models import CourseVersion, Unit
from app.platform.db import db
from app.quizzes.booklets.models import Booklet
from app.quizzes.frozen import graded_question
from app.quizzes.models import PaperScore, Question
from app.quizzes.queries.banks import bank_of
from app.quizzes.rules import AttemptMode, drawn, is_counted
from app.sessions.models import TrainingSession


def paper_shares(training_id: int, unit_id: int, person_id: int | None = None) -> dict[int, Fraction]:
    """Person -> the best share on paper in a test of a training session, of one person or of everybody.

    Of one marker the score with the greater counter counts: whoever mistyped says it again.
    """
    statement = sa.select(
        PaperScore.person_id, PaperScore.marker, PaperScore.points, PaperScore.of
    ).where(PaperScore.training_id == training_id, PaperScore.unit_id == unit_id)
    if person_id is not None:
        statement = statement.where(PaperScore.person_id == person_id)
    rows = db.session.execute(statement.order_by(PaperScore.counter, PaperScore.record_id))
    last = {(row.person_id, row.marker): Fraction(row.points) / row.of for row in rows}
    best: dict[int, Fraction] = {}
    for (who, _), share in last.items():
        best[who] = max(share, best.get(who, share))
    return best


def paper_test(training: TrainingSession) -> tuple[Unit, int] | None:
    """The test that a training session can take on paper, and how many points it has; None when it has none. The points
    are those of the questions that are asked: of the form that was printed, else of as many as the blueprint draws.
    """
    unit = db.session.scalar(
        sa.select(Unit)
        .join(CourseVersion, sa.and_(CourseVersion.id == Unit.version_id, CourseVersion.test_unit == Unit.code))
        .where(Unit.version_id == training.version_id)
    )
    if unit is None:
        return None
    asked = _printed(training.id, unit.id) or _drawn(unit.id)
    keys = db.session.scalars(sa.select(Question.key).where(Question.id.in_(asked)))
    points = sum(is_counted(graded_question(key)) for key in keys)
    return (unit, points) if points else None


def _printed(training_id: int, unit_id: int) -> Collection[int]:
    """The questions of the first parallel form that was made for printing; empty before any was."""
    first = (
        sa.select(Booklet.question_ids)
        .where(Booklet.training_id == training_id, Booklet.unit_id == unit_id, Booklet.mode == AttemptMode.PAPER)
        .order_by(Booklet.form)
        .limit(1)
    )
    return db.session.scalar(first) or ()


def _drawn(unit_id: int) -> Collection[int]:
    bank = bank_of(unit_id)
    return drawn(bank.items, bank.blueprint, seed=0)
