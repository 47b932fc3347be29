"""Which quizzes a person can begin now: those of the room, those that only this person may still take, and practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from app.courses.models import Unit
from app.courses.rules import UnitKind
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.models import QuizAllowance, QuizWindow
from app.quizzes.rules import Allowance, Terms, policy_from, terms
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState
from app.sessions.rules.codes import normal_code

SHUT = (TrainingState.DRAFT, TrainingState.POSTPONED, TrainingState.CANCELLED)
"""No quiz is begun in these, whatever was open before."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A quiz that a person can begin now. `opened_at` is since when, for this person; None for practice, which needs
    nobody to open it.
    """

    training_id: int
    unit_id: int
    titles: dict[str, str]
    opened_at: datetime | None
    closes_at: datetime | None

    @property
    def is_practice(self) -> bool:
        return self.opened_at is None


_OWN, _FACTORYS = aliased(QuizAllowance), aliased(QuizAllowance)
_OF_QUIZ = (
    sa.select(
        Seat.training_id, Unit.id.label("unit_id"), Unit.titles, Unit.rules,
        QuizWindow.opened_at, QuizWindow.closes_at,
        _OWN.opens_at.label("own_opens_at"), _OWN.closes_at.label("own_closes_at"),
        _FACTORYS.opens_at.label("factorys_opens_at"), _FACTORYS.closes_at.label("factorys_closes_at"),
    )
    .join(TrainingSession, TrainingSession.id == Seat.training_id)
    .join(Unit, sa.and_(Unit.version_id == TrainingSession.version_id, Unit.kind == UnitKind.QUIZ))
    .outerjoin(QuizWindow, sa.and_(QuizWindow.training_id == Seat.training_id, QuizWindow.unit_id == Unit.id))
    .outerjoin(
        _OWN,
        sa.and_(
            _OWN.training_id == Seat.training_id, _OWN.unit_id == Unit.id, _OWN.person_id == Seat.person_id
        ),
    )
    .outerjoin(
        _FACTORYS,
        sa.and_(
            _FACTORYS.training_id == Seat.training_id, _FACTORYS.unit_id == Unit.id,
            _FACTORYS.factory_id == Seat.factory_id,
        ),
    )
    .where(Seat.state == SeatState.BOOKED, TrainingSession.state.not_in(SHUT))
)  # fmt: skip


def openings(person_id: int, training_id: int | None = None, session: Session | None = None) -> Sequence[Opening]:
    """What a person with a booked seat can begin now, the next to close first and practice last. One statement."""
    statement = _OF_QUIZ.where(Seat.person_id == person_id)
    if training_id is not None:
        statement = statement.where(Seat.training_id == training_id)
    rows = (session or db.session).execute(statement).all()
    found = [(row, _terms(row)) for row in rows]
    open_now = [_opening(row, of) for row, of in found if of.is_open(now())]
    return sorted(open_now, key=_order)


def opening(person_id: int, training_id: int, unit_id: int | None = None, *, hold: bool = False) -> Opening | None:
    """The quiz of a training session that the person can begin now: the one named, else the one opened last - practice
    only by name. With `hold` the room's does not close until the transaction ends.
    """
    if hold:
        held = sa.select(QuizWindow.id).where(QuizWindow.training_id == training_id)
        db.session.execute(held.with_for_update(read=True)).all()
    found = openings(person_id, training_id)
    if unit_id is not None:
        return next((each for each in found if each.unit_id == unit_id), None)
    asked = [(each.opened_at, each.unit_id, each) for each in found if each.opened_at is not None]
    return max(asked)[-1] if asked else None


def may_join(session: Session, person_id: int, code: str) -> bool:
    """Whether the person has a booked seat in the training session of this code, and can begin a quiz of it now."""
    training_id = session.scalar(sa.select(TrainingSession.id).where(TrainingSession.code == normal_code(code)))
    if training_id is None:
        return False
    return any(not each.is_practice for each in openings(person_id, training_id, session))


def is_open_for_anybody(training_id: int) -> bool:
    """Whether a quiz of the training session is open, be it for one person only. One statement."""
    at = now()
    of_room = sa.exists().where(QuizWindow.training_id == training_id, QuizWindow.closes_at > at)
    of_some = sa.exists().where(
        QuizAllowance.training_id == training_id, QuizAllowance.closes_at > at,
        sa.or_(
            QuizAllowance.opens_at <= at,
            sa.and_(
                QuizAllowance.opens_at.is_(None),
                sa.exists().where(QuizWindow.training_id == training_id, QuizWindow.unit_id == QuizAllowance.unit_id),
            ),
        ),
    )  # fmt: skip
    return bool(db.session.scalar(sa.select(sa.or_(of_room, of_some))))


def _terms(row: Any) -> Terms:
    own = Allowance(opens_at=row.own_opens_at, closes_at=row.own_closes_at)
    factorys = Allowance(opens_at=row.factorys_opens_at, closes_at=row.factorys_closes_at)
    return terms(policy_from(row.rules), row.opened_at, row.closes_at, [own, factorys])


def _opening(row: Any, of: Terms) -> Opening:
    return Opening(row.training_id, row.unit_id, row.titles, of.opens_at, of.closes_at)


def _order(each: Opening) -> tuple[bool, bool, float, int, int]:
    ends = each.closes_at.timestamp() if each.closes_at else 0.0
    return each.is_practice, each.closes_at is None, ends, each.training_id, each.unit_id
