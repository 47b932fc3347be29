"""The same people before and after a training session: shares of two tests."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.courses.models import Unit
from app.courses.rules import QuizPhase, UnitKind
from app.factories.models import Person
from app.quizzes.models import Attempt, PaperScore
from app.quizzes.results.queries.picked import is_graded
from app.sessions.models import Seat, TrainingSession

_OWN = ("training_id", "programme_id", "version_id")


def shares(trainings: sa.Select[Any], phase: QuizPhase, name: str) -> sa.CTE:
    """Person and training session with the share reached in the first quiz of a phase, and when: of the first graded
    attempt, else what was counted on paper - of one marker the last count, of several the best. With the programme and
    the course version of the session, so that it need not be looked up again.
    """
    each = _reached(trainings, (phase,))
    return sa.select(*(each.c[column] for column in (*_OWN, "person_id", "share", "at"))).cte(name)


def matched(trainings: sa.Select[Any], name: str) -> sa.CTE:
    """Person and training session with the shares `before` and `after`, of whoever took both tests.

    Found by grouping: each test is taken for a handful of rows by PostgreSQL, which would look through all of one for
    every row of the other.
    """
    each = _reached(trainings, (QuizPhase.PRE, QuizPhase.POST))
    whose = each.c.training_id, each.c.person_id
    before, after = (
        sa.func.max(sa.case((each.c.phase == phase, each.c.share))) for phase in (QuizPhase.PRE, QuizPhase.POST)
    )
    return (
        sa.select(*whose, before.label("before"), after.label("after"))
        .group_by(*whose)
        .having(before.is_not(None), after.is_not(None))
        .cte(name)
    )


def by_factory(taken: sa.CTE, name: str) -> sa.CTE:
    """Factory and course version of these shares: how many people they are of, nobody twice - fewer than five are not
    more by what they did in two training sessions, or under an entry that was joined with another - and their mean.
    """
    joined = sa.select(Person.id, Person.merged_into_id).where(Person.merged_into_id.is_not(None)).subquery()
    whose = Seat.factory_id, taken.c.version_id, sa.func.coalesce(joined.c.merged_into_id, taken.c.person_id)
    each = (
        sa.select(*whose, sa.func.sum(sa.cast(taken.c.share, sa.Float)).label("total"), sa.func.count().label("tests"))
        .select_from(taken)
        .join(Seat, sa.and_(Seat.training_id == taken.c.training_id, Seat.person_id == taken.c.person_id))
        .outerjoin(joined, joined.c.id == taken.c.person_id)
        .group_by(*whose)
        .subquery()
    )
    mean = sa.cast(sa.func.sum(each.c.total) / sa.func.sum(each.c.tests), sa.Float).label("mean")
    return (
        sa.select(each.c.factory_id, each.c.version_id, sa.func.count().label("people"), mean)
        .group_by(each.c.factory_id, each.c.version_id)
        .cte(name)
    )


def _reached(trainings: sa.Select[Any], phases: Sequence[QuizPhase]) -> sa.Subquery:
    unit = _first_units(phases)
    return sa.union_all(_graded(trainings, unit), _on_paper(trainings, unit)).subquery()


def _first_units(phases: Sequence[QuizPhase]) -> sa.Subquery:
    turn = sa.func.row_number().over(partition_by=(Unit.version_id, Unit.phase), order_by=Unit.position)
    units = (
        sa.select(Unit.id, Unit.version_id, Unit.phase, turn.label("turn"))
        .where(Unit.kind == UnitKind.QUIZ, Unit.phase.in_(phases))
        .subquery()
    )
    return sa.select(units.c.id, units.c.version_id, units.c.phase).where(units.c.turn == 1).subquery()


def _graded(trainings: sa.Select[Any], unit: sa.Subquery) -> sa.Select[Any]:
    turn = sa.func.row_number().over(
        partition_by=(Attempt.training_id, Attempt.person_id, unit.c.phase), order_by=Attempt.number
    )
    attempts = (
        sa.select(
            Attempt.training_id, TrainingSession.programme_id, TrainingSession.version_id, Attempt.person_id,
            unit.c.phase, (Attempt.score / Attempt.max_score).label("share"), Attempt.submitted_at.label("at"),
            turn.label("turn"),
        )
        .join(TrainingSession, TrainingSession.id == Attempt.training_id)
        .join(unit, sa.and_(unit.c.id == Attempt.unit_id, unit.c.version_id == TrainingSession.version_id))
        .where(Attempt.training_id.in_(trainings), is_graded(), Attempt.max_score > 0)
        .subquery()
    )  # fmt: skip
    columns = (attempts.c[name] for name in (*_OWN, "person_id", "phase", "share", "at"))
    return sa.select(*columns).where(attempts.c.turn == 1)


def _on_paper(trainings: sa.Select[Any], unit: sa.Subquery) -> sa.Select[Any]:
    turn = sa.func.row_number().over(
        partition_by=(PaperScore.training_id, PaperScore.person_id, PaperScore.unit_id, PaperScore.marker),
        order_by=(PaperScore.counter.desc(), PaperScore.record_id.desc()),
    )
    counted = (
        sa.select(
            PaperScore.training_id, TrainingSession.programme_id, TrainingSession.version_id, PaperScore.person_id,
            PaperScore.unit_id, unit.c.phase, PaperScore.at, turn.label("turn"),
            (sa.cast(PaperScore.points, sa.Float) / PaperScore.of).label("share"),
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
    own = [counted.c[name] for name in (*_OWN, "person_id", "phase")]
    best, first = sa.func.max(counted.c.share).label("share"), sa.func.min(counted.c.at).label("at")
    return sa.select(*own, best, first).where(counted.c.turn == 1, ~has_attempt).group_by(*own)
