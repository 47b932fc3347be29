"""Giving what is free to whoever waits for it."""

from app.access.actor import SYSTEM
from app.platform.db import db
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations.offers import offer_until
from app.sessions.operations.seats.moving import move
from app.sessions.operations.states import is_over
from app.sessions.queries.seating import capacity, taken, waiting_line
from app.sessions.rules import Modality, SeatState, WaitingPolicy, is_open
from app.sessions.rules.places import free_place


def fill(training: TrainingSession) -> list[Seat]:
    """Give every free place to whoever is next in line for its kind; nothing when the training session is over.

    Answers the seats that moved. The caller holds the training session, and tells.
    """
    if is_over(training) or not is_open(training.state):
        return []
    return [*_fill(training, Modality.IN_PERSON), *_fill(training, Modality.VIRTUAL)]


def _fill(training: TrainingSession, modality: Modality) -> list[Seat]:
    waiting, occupied, moved = waiting_line(training, modality), taken(training, modality), []
    for each in waiting:
        place = free_place(occupied, capacity(training, modality))
        if place is None:
            break
        moved.append(_give(training, db.session.get_one(Seat, each.seat_id), place))
        occupied.add(place)
    return moved


def _give(training: TrainingSession, seat: Seat, place: int) -> Seat:
    """A seat without a name is the factory's at once: it can be given back."""
    if not seat.has_name:
        move(SYSTEM, seat, SeatState.RESERVED, place=place)
    elif training.waiting_policy is WaitingPolicy.OFFER:
        move(SYSTEM, seat, SeatState.OFFERED, place=place, offer_until=offer_until(training))
    else:
        move(SYSTEM, seat, SeatState.BOOKED, place=place)
    return seat
