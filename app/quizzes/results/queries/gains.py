"""The same people before and after a course: sums by training session."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.courses.models import Unit
from app.courses.rules import QuizPhase, UnitKind
from app.platform.db import db
from app.quizzes.models import Attempt, PaperScore
from app.quizzes.results.queries.picked import Picked, is_graded
from app.quizzes.results.rules import Pairs
from app.sessions.models import TrainingSession


@dataclass(frozen=True, slots=True)
class Pair:
    """A training session, its programme, and what its people have in both tests."""

    training_id: int
    code: str
    programme_id: int
    pairs: Pairs


def tests_of(version_id: int) -> dict[QuizPhase, Unit]:
    """The first quiz of each phase of a version."""
    units = db.session.scalars(
        sa.select(Unit)
        .where(Unit.version_id == version_id, Unit.kind == UnitKind.QUIZ, Unit.phase.is_not(None))
        .order_by(Unit.position.desc())
    )
    return {unit.phase: unit for unit in units if unit.phase}


def gains(within: Picked, before_id: int, after_id: int) -> Sequence[Pair]:
    """People matched by themselves and the training session, with their first graded attempt at each of two quizzes,
    or what they reached on paper alone. One statement.
    """
    before, after = _firsts(within, before_id), _firsts(within, after_id)
    apart = after.c.share - before.c.share
    rows = db.session.execute(
        sa.select(
            TrainingSession.id, TrainingSession.code, TrainingSession.programme_id,
            sa.func.count(), sa.func.sum(before.c.share), sa.func.sum(after.c.share),
            sa.func.sum(before.c.share * before.c.share), sa.func.sum(apart * apart),
        )
        .select_from(before)
        .join(
            after, sa.and_(after.c.person_id == before.c.person_id, after.c.training_id == before.c.training_id)
        )
        .join(TrainingSession, TrainingSession.id == before.c.training_id)
        .group_by(TrainingSession.id, TrainingSession.code, TrainingSession.programme_id)
        .order_by(TrainingSession.id.desc())
    )  # fmt: skip
    return [Pair(row[0], row[1], row[2], Pairs(*row[3:])) for row in rows]


def _firsts(within: Picked, unit_id: int) -> sa.Subquery:
    """Person and training session with the share of the first graded attempt; of whoever has none, that of a test on
    paper that was counted by hand.
    """
    whose = (Attempt.training_id, Attempt.person_id)
    graded = (
        sa.select(
            *whose, (Attempt.score / Attempt.max_score).label("share"),
            sa.func.row_number().over(partition_by=whose, order_by=Attempt.number).label("turn"),
        )
        .join(TrainingSession, TrainingSession.id == Attempt.training_id)
        .where(
            *within.trainings(), Attempt.unit_id == unit_id, is_graded(), Attempt.max_score > 0,
        )
        .subquery()
    )  # fmt: skip
    first = sa.select(graded.c.training_id, graded.c.person_id, graded.c.share).where(graded.c.turn == 1)
    return first.union_all(_on_paper(within, unit_id)).subquery()


def _on_paper(within: Picked, unit_id: int) -> sa.Select[Any]:
    """As `queries.paper_shares` reads them: of one marker the last count, of several the best; without those who have
    a graded attempt.
    """
    whose = (PaperScore.training_id, PaperScore.person_id)
    counted = (
        sa.select(
            *whose, (sa.cast(PaperScore.points, sa.Float) / PaperScore.of).label("share"),
            sa.func.row_number()
            .over(
                partition_by=(*whose, PaperScore.marker),
                order_by=(PaperScore.counter.desc(), PaperScore.record_id.desc()),
            )
            .label("turn"),
        )
        .join(TrainingSession, TrainingSession.id == PaperScore.training_id)
        .where(*within.trainings(), PaperScore.unit_id == unit_id)
        .subquery()
    )  # fmt: skip
    has_attempt = sa.exists().where(
        Attempt.training_id == counted.c.training_id, Attempt.person_id == counted.c.person_id,
        Attempt.unit_id == unit_id, is_graded(), Attempt.max_score > 0,
    )  # fmt: skip
    return (
        sa.select(counted.c.training_id, counted.c.person_id, sa.func.max(counted.c.share))
        .where(counted.c.turn == 1, ~has_attempt)
        .group_by(counted.c.training_id, counted.c.person_id)
    )
