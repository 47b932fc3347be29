"""Which training sessions the clock has something to do with."""

import sqlalchemy as sa

from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import MeetingState, SeatState, TrainingState

_DATED = (TrainingState.TENTATIVE, TrainingState.CONFIRMED)
"""The seats of one that is postponed wait as they are."""


def with_ended_offers() -> list[int]:
    """Training sessions with dates in which an offer has ended. One statement."""
    ended = sa.exists().where(
        Seat.training_id == TrainingSession.id, Seat.state == SeatState.OFFERED, Seat.offer_until <= now()
    )
    found = sa.select(TrainingSession.id).where(TrainingSession.state.in_(_DATED), ended)
    return list(db.session.scalars(found.order_by(TrainingSession.id)))


def with_deadlines() -> list[int]:
    """Training sessions to come in which seats wait for names, or a least number of people is asked for. One statement.

    Whether a day has come depends on the calendar of each factory: the verb looks.
    """
    nameless = sa.exists().where(
        Seat.training_id == TrainingSession.id, Seat.person_id.is_(None),
        Seat.state.in_((SeatState.RESERVED, SeatState.WAIT_LISTED)),
    )
    is_coming = sa.exists().where(
        Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED, Meeting.starts_at > now()
    )
    asks = sa.or_(
        sa.and_(TrainingSession.names_due_days.is_not(None), nameless), TrainingSession.least_people.is_not(None)
    )
    found = sa.select(TrainingSession.id).where(TrainingSession.state.in_(_DATED), is_coming, asks)
    return list(db.session.scalars(found.order_by(TrainingSession.id)))
