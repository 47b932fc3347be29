"""Who is told what becomes of a whole training session: those who speak for factories with somebody in it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts import queries as accounts
from app.accounts.queries import FocalPoint
from app.platform.db import db
from app.sessions.models import Seat
from app.sessions.queries.seating import ASKING


class Concerned(NamedTuple):
    """A speaker with the own factory's people, and how many of its seats have no name yet."""

    point: FocalPoint
    seats: Sequence[Seat]
    unnamed: int


def concerned(training_id: int) -> Iterator[Concerned]:
    """Requested, reserved and wait-listed people are concerned as well as booked ones."""
    seats = db.session.scalars(
        sa.select(Seat)
        .where(Seat.training_id == training_id, Seat.state.in_(ASKING))
        .options(joinedload(Seat.person))
        .order_by(Seat.id)
    ).all()
    for point in accounts.focal_points({seat.factory_id for seat in seats}):
        own = [seat for seat in seats if seat.factory_id == point.factory_id]
        named = [seat for seat in own if seat.person is not None]
        yield Concerned(point, named, len(own) - len(named))
