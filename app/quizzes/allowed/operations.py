"""Allowing somebody more time, more attempts or other dates in a quiz, and taking it back."""

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.quizzes import queries
from app.quizzes.models import QuizAllowance, QuizWindow
from app.quizzes.operations.windows import move_deadlines
from app.quizzes.policy import may_open
from app.quizzes.rules.limits import GRACE
from app.sessions.models import Seat
from app.sessions.queries import training_for
from app.sessions.rules import SeatState


@dataclass(frozen=True)
class Wanted:
    """What a person or everybody of a factory is allowed; None leaves the rule as it is. `extra` multiplies the time
    limit, `untimed` takes it away.
    """

    person_id: int | None
    factory_id: int | None
    extra: Decimal | None = None
    untimed: bool = False
    attempts: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    why: str = ""


def allow(actor: Actor, training_id: int, unit_id: int, wanted: Wanted) -> QuizAllowance:
    """Allow somebody something; it takes the place of what was allowed before. Attempts that run are due by it at once.

    Whoever gets other dates after the answers were shown begins anew with these: who took the quiz before cannot take
    it again. Raises NotFound for whoever may not, and for people and factories without a booked seat.
    """
    _refuse_who_may_not(actor, training_id, unit_id)
    _refuse_without_seat(training_id, wanted)
    allowance = _earlier(training_id, unit_id, wanted) or QuizAllowance(training_id=training_id, unit_id=unit_id)
    values = asdict(wanted)
    if wanted.closes_at and _were_shown(training_id, unit_id):
        values["opens_at"] = max(wanted.opens_at or now(), now())
    for name, value in values.items():
        setattr(allowance, name, value)
    allowance.account_id, allowance.at = actor.account_id, now()
    db.session.add(allowance)
    db.session.flush()  # deadlines are read from it
    move_deadlines(training_id, unit_id)
    audit.record(
        actor, "quizzes.allow", f"training:{training_id}", unit=unit_id, person=wanted.person_id,
        factory=wanted.factory_id, extra=str(wanted.extra or ""), untimed=wanted.untimed, attempts=wanted.attempts,
        opens_at=_text(allowance.opens_at), closes_at=_text(wanted.closes_at),
    )  # fmt: skip
    return allowance


def disallow(actor: Actor, training_id: int, unit_id: int, allowance_id: int) -> None:
    """Take back what was allowed: attempts that run are due by the rules of the quiz again. Repeating it changes
    nothing. Raises NotFound for whoever may not.
    """
    _refuse_who_may_not(actor, training_id, unit_id)
    allowance = db.session.scalar(
        sa.select(QuizAllowance).where(
            QuizAllowance.id == allowance_id,
            QuizAllowance.training_id == training_id,
            QuizAllowance.unit_id == unit_id,
        )
    )
    if allowance is None:
        return
    db.session.delete(allowance)
    db.session.flush()  # deadlines are read without it
    move_deadlines(training_id, unit_id)
    audit.record(
        actor, "quizzes.disallow", f"training:{training_id}", unit=unit_id, person=allowance.person_id,
        factory=allowance.factory_id,
    )  # fmt: skip


def _refuse_who_may_not(actor: Actor, training_id: int, unit_id: int) -> None:
    training = training_for(actor, training_id)
    if not may_open(actor, training):
        raise NotFound
    queries.quiz_state(training, unit_id)


def _refuse_without_seat(training_id: int, wanted: Wanted) -> None:
    whose = Seat.person_id == wanted.person_id if wanted.person_id else Seat.factory_id == wanted.factory_id
    seat = sa.select(Seat.id).where(Seat.training_id == training_id, Seat.state == SeatState.BOOKED, whose).limit(1)
    if db.session.scalar(seat) is None:
        raise NotFound


def _earlier(training_id: int, unit_id: int, wanted: Wanted) -> QuizAllowance | None:
    person, factory = QuizAllowance.person_id == wanted.person_id, QuizAllowance.factory_id == wanted.factory_id
    return db.session.scalar(
        sa.select(QuizAllowance)
        .where(QuizAllowance.training_id == training_id, QuizAllowance.unit_id == unit_id)
        .where(person if wanted.person_id else factory)
        .with_for_update()
    )


def _were_shown(training_id: int, unit_id: int) -> bool:
    """Whether the answers were shown before now. Who got other dates after that holds them back for nobody."""
    ends = db.session.scalar(
        sa.select(QuizWindow.closes_at).where(QuizWindow.training_id == training_id, QuizWindow.unit_id == unit_id)
    )
    if ends is None:
        return False
    longer = db.session.scalar(
        sa.select(sa.func.max(QuizAllowance.closes_at)).where(
            QuizAllowance.training_id == training_id,
            QuizAllowance.unit_id == unit_id,
            sa.or_(QuizAllowance.opens_at.is_(None), QuizAllowance.opens_at <= ends + GRACE),
        )
    )
    return now() > max(ends, longer or ends) + GRACE


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
