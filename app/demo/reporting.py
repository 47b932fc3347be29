"""What trainings cost and who paid, a period that was reported, and an invoice that came after it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from app.demo import days
from app.demo.cast import Cast
from app.demo.places import BANGLADESH, CAMBODIA, Place
from app.demo.plots import SKILLS
from app.platform.clock import today
from app.platform.db import db
from app.reports.periods import operations as periods
from app.reports.rules.period import Span
from app.sessions.costs import operations as costs
from app.sessions.costs.operations import Paid
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import TrainingState
from app.sessions.service.rules import Payer

AT_PLACES: Sequence[Place] = (CAMBODIA, BANGLADESH)
SINCE = timedelta(days=4)
_TRAINED = 80
_REPORTED = timedelta(days=182)
_LAST = timedelta(days=7)
_PAID = (
    (Payer.DONOR, "Fund for Decent Work", 1_840_00), (Payer.FACTORY, "", 420_00),
    (Payer.BRAND, "Marigold & Sons", 610_00),
)  # fmt: skip


def report(cast: Cast) -> None:
    """Costs of the last half-year, the half-year frozen, and one more invoice two days later."""
    day = today(cast.place.zone)
    span = Span(day - _REPORTED - _LAST, day - _LAST)
    with days.at(cast.place, datetime.combine(day - SINCE, time(16))):
        periods.settle(cast.manager, cast.place.code, [SKILLS], _TRAINED)
        held = _held(cast, span)
        for number, training_id in enumerate(held):
            for payer, name, amount in _PAID[: 1 + number % len(_PAID)]:
                costs.add(cast.manager, training_id, Paid(payer, name, amount, "USD"))
        title = f"Half-year to {span.last:%B %Y}"
        period = periods.open_period(cast.manager, cast.place.code, title, span)
        periods.freeze(cast.manager, period.id)
    with days.at(cast.place, datetime.combine(day - SINCE + timedelta(days=2), time(10))):
        for training_id in held[:1]:
            costs.add(cast.manager, training_id, Paid(Payer.FACTORY, "", 180_00, "USD"))


def _held(cast: Cast, span: Span) -> Sequence[int]:
    """Closed training sessions of the programme in the period, as they were held."""
    last = sa.func.max(Meeting.starts)
    return db.session.scalars(
        sa.select(TrainingSession.id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(TrainingSession.programme_id == cast.programme_id, TrainingSession.state == TrainingState.CLOSED)
        .group_by(TrainingSession.id)
        .having(last >= datetime.combine(span.first, time()), last < datetime.combine(span.after, time()))
        .order_by(last)
    ).all()
