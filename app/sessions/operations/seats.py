"""Booking and withdrawing seats."""

from collections.abc import Iterable
from itertools import groupby

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.events import SeatsSettled
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations import invitations
from app.sessions.operations.loading import hold, refuse_unless_open
from app.sessions.operations.states import is_over
from app.sessions.rules import SEAT_MOVES, Modality, SeatState, may_become
from app.sessions.rules.places import smallest_free


def book(actor: Actor, training_id: int, seat_id: int) -> Seat:
    """Give a seat the smallest free place, or put it on the waiting list when there is none: see its state.

    Raises NotFound, and Refused for a seat that was withdrawn meanwhile.
    """
    training = _to_settle(actor, training_id)
    seat = _seat(training, seat_id)
    if seat.state is SeatState.WITHDRAWN:
        raise Refused(_("This seat was withdrawn. Nothing was changed."))
    _settle(actor, training, [seat] if _place(training, seat) else [])
    return seat


def book_all(actor: Actor, training_id: int) -> list[Seat]:
    """Book every requested seat in the order in which they were requested, as far as there are places."""
    training = _to_settle(actor, training_id)
    settled = [seat for seat in _in_order(training, SeatState.REQUESTED) if _place(training, seat)]
    _settle(actor, training, settled)
    return settled


def withdraw(actor: Actor, training_id: int, seat_id: int) -> Seat:
    """Take a seat back; while there is something to attend, the first on the waiting list gets its place. Withdrawing
    again changes nothing.

    Raises NotFound, Refused.
    """
    training = hold(actor, training_id)
    seat = _seat(training, seat_id)
    if not policy.may_withdraw(actor, training, seat.factory_id):
        raise NotFound
    refuse_unless_open(training)
    if seat.state is SeatState.WITHDRAWN:
        return seat
    if is_over(training) and not policy.may_settle_seats(actor, training):
        raise Refused(_("This training session is over. Ask the trainer about this seat."))
    leaves_place = seat.place is not None and not is_over(training)
    seat.state, seat.place, seat.settled_at = SeatState.WITHDRAWN, None, now()
    db.session.flush()  # the place must be free before another seat takes it
    promoted = _promote(training, seat.modality) if leaves_place else []
    _settle(actor, training, [seat, *promoted])
    return seat


def _promote(training: TrainingSession, modality: Modality) -> list[Seat]:
    """Whoever waits longest for this kind of place gets it."""
    waiting = [seat for seat in _in_order(training, SeatState.WAIT_LISTED) if seat.modality is modality]
    return [seat for seat in waiting[:1] if _place(training, seat)]


def _place(training: TrainingSession, seat: Seat) -> bool:
    """Book a seat or put it on the waiting list. False when that changes nothing."""
    if seat.state is SeatState.BOOKED:
        return False
    place = smallest_free(_taken(training, seat.modality), _capacity(training, seat.modality))
    state = SeatState.BOOKED if place else SeatState.WAIT_LISTED
    if not may_become(SEAT_MOVES, seat.state, state):
        return False
    seat.state, seat.place, seat.settled_at = state, place, now()
    db.session.flush()  # the unique constraint has the last word on a place
    return True


def _capacity(training: TrainingSession, modality: Modality) -> int:
    return training.capacity_in_person if modality is Modality.IN_PERSON else training.capacity_virtual


def _taken(training: TrainingSession, modality: Modality) -> Iterable[int]:
    held = sa.select(Seat.place).where(Seat.training_id == training.id, Seat.modality == modality)
    return [place for place in db.session.scalars(held) if place is not None]


def _in_order(training: TrainingSession, state: SeatState) -> Iterable[Seat]:
    """Who was wait-listed first, else who was requested first."""
    return db.session.scalars(
        sa.select(Seat)
        .where(Seat.training_id == training.id, Seat.state == state)
        .order_by(Seat.settled_at, Seat.requested_at, Seat.id)
    ).all()


def _to_settle(actor: Actor, training_id: int) -> TrainingSession:
    training = hold(actor, training_id)
    if not policy.may_settle_seats(actor, training):
        raise NotFound
    refuse_unless_open(training)
    return training


def _seat(training: TrainingSession, seat_id: int) -> Seat:
    seat = db.session.get(Seat, seat_id)
    if seat is None or seat.training_id != training.id:
        raise NotFound
    return seat


def _settle(actor: Actor, training: TrainingSession, seats: list[Seat]) -> None:
    """Log, invite, and tell each factory once."""
    for seat in seats:
        audit.record(actor, "sessions.settle_seat", f"seat:{seat.id}", state=seat.state.value)
    invitations.settle(training)
    by_factory = sorted(seats, key=lambda seat: (seat.factory_id, seat.id))
    for factory_id, own in groupby(by_factory, key=lambda seat: seat.factory_id):
        publish(SeatsSettled(training.id, factory_id, tuple(seat.id for seat in own)))
