"""Who can go to another cohort."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.platform.db import db
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import HOLDING, SeatState

GOES = (*HOLDING, SeatState.REQUESTED, SeatState.WAIT_LISTED)
"""Seats that can go. What was withdrawn, declined or given free stays where it happened."""


def seats_to_split(training: TrainingSession) -> Sequence[Seat]:
    """They with person and factory, in the order in which they were settled and asked for."""
    return db.session.scalars(
        sa.select(Seat)
        .where(Seat.training_id == training.id, Seat.state.in_(GOES))
        .options(joinedload(Seat.person), joinedload(Seat.factory))
        .order_by(Seat.settled_at, Seat.requested_at, Seat.id)
    ).all()
