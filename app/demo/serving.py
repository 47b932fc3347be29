"""How much each factory gets: what its tier asks for, what is granted for a cycle, and what was taken of it."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa

from app.courses import queries as courses
from app.demo.cast import Cast
from app.demo.places import CAMBODIA
from app.demo.plots import SEMINAR
from app.factories.structure.rules import EngagementMode, SupportTier
from app.platform.clock import today
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import TrainingState
from app.sessions.service import operations
from app.sessions.service.rules import Kind, Payer

CYCLE_SINCE = timedelta(days=200)
_HALF_DAYS, _SEATS = 16, 8
_FEWER = {CAMBODIA: 10}
"""One factory is granted less than it takes: what lies beyond is counted too, and the factory pays for it."""
_HOURS = {SupportTier.STANDARD: 8, SupportTier.INTENSIVE: 16}


def begin(cast: Cast) -> None:
    """The cycle of the factory begins today: rules, mode of the province, and what is granted."""
    place, day = cast.place, today(cast.place.zone)
    for tier, hours in _HOURS.items():
        operations.set_rule(cast.manager, place.code, tier, day, hours)
    operations.set_mode(cast.manager, place.code, place.province, EngagementMode.HYBRID, day)
    operations.begin_cycle(cast.manager, place.factory_code, day)
    granted = _FEWER.get(place, _HALF_DAYS)
    operations.grant(cast.manager, place.factory_code, Kind.HALF_DAYS, granted, Payer.PROGRAMME, "Yearly entitlement")
    operations.grant(cast.manager, place.factory_code, Kind.SEATS, _SEATS, Payer.BRAND, "Seats for the seminars")


def charge(cast: Cast) -> None:
    """Count down what the confirmed training sessions of the cycle take: half-days, of seminars seats."""
    seminar = courses.current_version(courses.course_by_code(SEMINAR).id).course_id
    payer = Payer.FACTORY if cast.place in _FEWER else Payer.PROGRAMME
    for training in _taken(cast):
        kind = Kind.SEATS if training.version.course_id == seminar else Kind.HALF_DAYS
        operations.charge(cast.trainer, training.id, kind, payer)


def _taken(cast: Cast) -> list[TrainingSession]:
    since = datetime.combine(today(cast.place.zone) - CYCLE_SINCE, time())
    first = sa.select(Meeting.training_id).where(Meeting.number == 1, Meeting.starts >= since)
    confirmed = sa.select(TrainingSession).where(
        TrainingSession.programme_id == cast.programme_id,
        TrainingSession.state.in_((TrainingState.CONFIRMED, TrainingState.CLOSED)),
        TrainingSession.id.in_(first),
    )
    return list(db.session.scalars(confirmed.order_by(TrainingSession.id)))
