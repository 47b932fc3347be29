"""Saying yes or no to requests."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations.seats.loading import seat_of, to_settle
from app.sessions.operations.seats.moving import move
from app.sessions.operations.seats.telling import settle
from app.sessions.queries.seating import capacity, taken
from app.sessions.rules import SEAT_MOVES, SeatState, may_become
from app.sessions.rules.places import free_place

LONGEST_REASON = 500


def book(actor: Actor, training_id: int, seat_id: int) -> Seat:
    """Give a seat the smallest free place, or put it on the waiting list when there is none: see its state.

    Raises NotFound, and Refused for a seat that was withdrawn meanwhile or has no name.
    """
    training = to_settle(actor, training_id)
    seat = seat_of(training, seat_id)
    if seat.state in {SeatState.WITHDRAWN, SeatState.RELEASED}:
        raise Refused(_("This seat was withdrawn. Nothing was changed."))
    if not seat.has_name:
        raise Refused(_("This seat has no name yet. The factory names somebody first."))
    settle(actor, training, [seat] if place(actor, training, seat) else [])
    return seat


def book_all(actor: Actor, training_id: int) -> list[Seat]:
    """Book every requested seat in the order in which they were requested, as far as there are places."""
    training = to_settle(actor, training_id)
    settled = [seat for seat in _requested(training) if place(actor, training, seat)]
    settle(actor, training, settled)
    return settled


def decline(actor: Actor, training_id: int, seat_id: int, reason: str) -> Seat:
    """Say no to a request, and why: the factory is told. Declining again changes nothing.

    Raises NotFound, Refused for what is no request and without a reason.
    """
    training = to_settle(actor, training_id)
    seat = seat_of(training, seat_id)
    if seat.state is SeatState.DECLINED:
        return seat
    if not may_become(SEAT_MOVES, seat.state, SeatState.DECLINED):
        raise Refused(_("Only a request can be declined. Withdraw this seat instead."))
    if not reason.strip():
        raise Refused(_("Say why. The factory will read it."))
    move(actor, seat, SeatState.DECLINED)
    seat.reason = reason.strip()[:LONGEST_REASON]
    settle(actor, training, [seat])
    return seat


def place(actor: Actor, training: TrainingSession, seat: Seat) -> bool:
    """Book a seat or put it on the waiting list. False when that changes nothing."""
    if seat.state is SeatState.OFFERED:
        move(actor, seat, SeatState.BOOKED, place=seat.place)
        return True
    if seat.state is SeatState.BOOKED:
        return False
    free = free_place(taken(training, seat.modality), capacity(training, seat.modality))
    state = SeatState.BOOKED if free else SeatState.WAIT_LISTED
    if not may_become(SEAT_MOVES, seat.state, state):
        return False
    move(actor, seat, state, place=free)
    return True


def _requested(training: TrainingSession) -> Sequence[Seat]:
    return db.session.scalars(
        sa.select(Seat)
        .where(Seat.training_id == training.id, Seat.state == SeatState.REQUESTED)
        .order_by(Seat.requested_at, Seat.id)
    ).all()
