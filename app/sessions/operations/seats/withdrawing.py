"""Taking seats back, and taking offers."""

from app.access.actor import SYSTEM, Actor
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.events import SeatGivenBack
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations.loading import hold, refuse_unless_open
from app.sessions.operations.seats.loading import seat_of_person, to_speak
from app.sessions.operations.seats.moving import move
from app.sessions.operations.seats.promoting import fill
from app.sessions.operations.seats.telling import settle
from app.sessions.operations.states import is_over
from app.sessions.rules import HOLDING, SEAT_MOVES, SeatState, TrainingState, may_become


def withdraw(actor: Actor, training_id: int, seat_id: int) -> Seat:
    """Take a seat back, also from the waiting list and from an offer; while there is something to attend, whoever is
    next in line gets its place. Withdrawing again changes nothing.

    Raises NotFound, Refused.
    """
    training, seat = to_speak(actor, training_id, seat_id)
    if seat.state in {SeatState.WITHDRAWN, SeatState.RELEASED}:
        return seat
    if is_over(training) and not policy.may_settle_seats(actor, training):
        raise Refused(_("This training session is over. Ask the trainer about this seat."))
    _leave(actor, training, seat)
    return seat


def withdraw_own(actor: Actor, training_id: int) -> Seat:
    """A person takes the own seat back; the factory and the trainers are told. Again, it changes nothing.

    Raises NotFound for whoever has no seat there, Refused when the training session is over.
    """
    training, seat = _own(actor, training_id)
    if seat.state in {SeatState.WITHDRAWN, SeatState.DECLINED}:
        return seat
    if is_over(training):
        raise Refused(_("This training session is over. Nothing was changed."))
    _leave(actor, training, seat)
    publish(SeatGivenBack(training.id, seat.id))
    return seat


def accept(actor: Actor, training_id: int, seat_id: int) -> Seat:
    """Take the place that is offered to somebody. Accepting again changes nothing. Raises NotFound, Refused."""
    training, seat = to_speak(actor, training_id, seat_id)
    return _accept(actor, training, seat)


def accept_own(actor: Actor, training_id: int) -> Seat:
    """A person takes the place that is offered. Accepting again changes nothing. Raises NotFound, Refused."""
    training, seat = _own(actor, training_id)
    return _accept(actor, training, seat)


def _own(actor: Actor, training_id: int) -> tuple[TrainingSession, Seat]:
    if actor.person_id is None:
        raise NotFound
    training = hold(SYSTEM, training_id)
    seat = seat_of_person(training, actor.person_id)
    if seat is None:
        raise NotFound
    refuse_unless_open(training)
    return training, seat


def _accept(actor: Actor, training: TrainingSession, seat: Seat) -> Seat:
    if seat.state is SeatState.BOOKED:
        return seat
    is_late = seat.offer_until is None or seat.offer_until <= now()
    if training.state is TrainingState.POSTPONED:
        is_late = False  # it waits for the dates
    if seat.state is not SeatState.OFFERED or is_late:
        raise Refused(_("This place is not offered any more. Nothing was changed."))
    move(actor, seat, SeatState.BOOKED, place=seat.place)
    settle(actor, training, [seat])
    return seat


def _leave(actor: Actor, training: TrainingSession, seat: Seat) -> None:
    if not may_become(SEAT_MOVES, seat.state, SeatState.WITHDRAWN):
        raise Refused(_("There is no seat to withdraw any more. Nothing was changed."))
    held = seat.state in HOLDING
    move(actor, seat, SeatState.WITHDRAWN)
    settle(actor, training, [seat, *(fill(training) if held else ())])
