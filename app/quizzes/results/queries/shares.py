"""The same people before and after a training session: shares of two tests."""

from typing import Any

import sqlalchemy as sa

from app.courses.models import Unit
from app.courses.rules import QuizPhase, UnitKind
from app.quizzes.models import Attempt, PaperScore
from app.quizzes.results.queries.picked import is_graded
from app.sessions.models import TrainingSession


def shares(trainings: sa.Select[Any], phase: QuizPhase, name: str) -> sa.CTE:
    """Person and training session with the share reached in the first quiz of a phase: of the first graded attempt,
    else what was counted on paper - of one marker the last count, of several the best.
    """
    unit = _first_unit(phase)
    return sa.union_all(_graded(trainings, unit), _on_paper(trainings, unit)).cte(name)


def _first_unit(phase: QuizPhase) -> Any:
    turn = sa.func.row_number().over(partition_by=Unit.version_id, order_by=Unit.position)
    units = (
        sa.select(Unit.id, Unit.version_id, turn.label("turn"))
        .where(Unit.kind == UnitKind.QUIZ, Unit.phase == phase)
        .subquery()
    )
    return sa.select(units.c.id, units.c.version_id).where(units.c.turn == 1).subquery()


def _graded(trainings: sa.Select[Any], unit: Any) -> sa.Select[Any]:
    turn = sa.func.row_number().over(partition_by=(Attempt.training_id, Attempt.person_id), order_by=Attempt.number)
    attempts = (
        sa.select(
            Attempt.training_id, Attempt.person_id, (Attempt.score / Attempt.max_score).label("share"),
            Attempt.submitted_at.label("at"), turn.label("turn"),
        )
        .join(TrainingSession, TrainingSession.id == Attempt.training_id)
        .join(unit, sa.and_(unit.c.id == Attempt.unit_id, unit.c.version_id == TrainingSession.version_id))
        .where(Attempt.training_id.in_(trainings), is_graded(), Attempt.max_score > 0)
        .subquery()
    )  # fmt: skip
    first = sa.select(attempts.c.training_id, attempts.c.person_id, attempts.c.share, attempts.c.at)
    return first.where(attempts.c.turn == 1)


def _on_paper(trainings: sa.Select[Any], unit: Any) -> sa.Select[Any]:
    whose = (PaperScore.training_id, PaperScore.person_id)
    turn = sa.func.row_number().over(
        partition_by=(*whose, PaperScore.marker), order_by=(PaperScore.counter.desc(), PaperScore.record_id.desc())
    )
    counted = (
        sa.select(
            *whose, PaperScore.unit_id, (sa.cast(PaperScore.points, sa.Float) / PaperScore.of).label("share"),
            PaperScore.at, turn.label("turn"),
        )
        .join(TrainingSession, TrainingSession.id == PaperScore.training_id)
        .join(unit, sa.and_(unit.c.id == PaperScore.unit_id, unit.c.version_id == TrainingSession.version_id))
        .where(PaperScore.training_id.in_(trainings))
        .subquery()
    )  # fmt: skip
    has_attempt = sa.exists().where(
        Attempt.training_id == counted.c.training_id, Attempt.person_id == counted.c.person_id,
        Attempt.unit_id == counted.c.unit_id, is_graded(), Attempt.max_score > 0,
    )  # fmt: skip
    return (
        sa.select(
            counted.c.training_id, counted.c.person_id, sa.func.max(counted.c.share).label("share"),
            sa.func.min(counted.c.at).label("at"),
        )
        .where(counted.c.turn == 1, ~has_attempt)
        .group_by(counted.c.training_id, counted.c.person_id)
    )  # fmt: skip
