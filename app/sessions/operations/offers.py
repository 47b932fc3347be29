"""How long an offered seat is held."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import MeetingState, SeatState


def offer_until(training: TrainingSession) -> datetime:
    """An offer ends when the next half-day begins at the latest; in the last one it lasts until that ends."""
    planned = [meeting for meeting in training.meetings if meeting.state is MeetingState.PLANNED]
    latest = min(
        (meeting.starts_at for meeting in planned if meeting.starts_at > now()),
        default=max((meeting.ends_at for meeting in planned), default=None),
    )
    until = now() + timedelta(hours=training.offer_hours)
    return min(until, latest) if latest else until


def renew_offers(training: TrainingSession) -> None:
    """There are new dates: whoever has not answered yet has the whole time again."""
    is_offered = sa.and_(Seat.training_id == training.id, Seat.state == SeatState.OFFERED)
    for seat in db.session.scalars(sa.select(Seat).where(is_offered).order_by(Seat.id)):
        seat.offer_until = offer_until(training)
