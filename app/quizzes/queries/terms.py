"""Under what terms people take a quiz of a training session."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import sqlalchemy as sa

from app.courses.models import Unit
from app.platform.db import db
from app.quizzes.models import QuizAllowance, QuizWindow
from app.quizzes.rules import Allowance, QuizPolicy, Terms, policy_from, terms
from app.sessions.models import Seat


def policy_of(unit_id: int) -> QuizPolicy:
    """The rules of a quiz."""
    return policy_from(db.session.scalar(sa.select(Unit.rules).where(Unit.id == unit_id)))


def terms_of(training_id: int, unit_id: int, person_ids: Sequence[int]) -> dict[int, Terms]:
    """Person -> terms, of people who have or had a seat in the training session. Three statements, however many."""
    unit = db.session.execute(
        sa.select(Unit.rules, QuizWindow.opened_at, QuizWindow.closes_at)
        .outerjoin(
            QuizWindow, sa.and_(QuizWindow.unit_id == Unit.id, QuizWindow.training_id == training_id)
        )
        .where(Unit.id == unit_id)
    ).one()
    policy = policy_from(unit.rules)
    seats = db.session.execute(
        sa.select(Seat.person_id, Seat.factory_id).where(
            Seat.training_id == training_id, Seat.person_id.in_(person_ids)
        )
    ).all()
    of_people, of_factories = _allowances(training_id, unit_id)
    return {
        seat.person_id: terms(
            policy, unit.opened_at, unit.closes_at,
            [each for each in (of_people.get(seat.person_id), of_factories.get(seat.factory_id)) if each],
        )
        for seat in seats
    }  # fmt: skip


def _allowances(training_id: int, unit_id: int) -> tuple[Mapping[int, Allowance], Mapping[int, Allowance]]:
    rows = db.session.scalars(
        sa.select(QuizAllowance).where(QuizAllowance.training_id == training_id, QuizAllowance.unit_id == unit_id)
    ).all()
    return (
        {row.person_id: _allowance(row) for row in rows if row.person_id is not None},
        {row.factory_id: _allowance(row) for row in rows if row.factory_id is not None},
    )


def _allowance(row: QuizAllowance) -> Allowance:
    extra = None if row.extra is None else Fraction(row.extra)
    return Allowance(extra, row.untimed, row.attempts, row.opens_at, row.closes_at)
