"""What the worker does with seats: ends offers, gives what is free to who waits, warns and alerts."""

from collections.abc import Iterable

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs import enqueue
from app.sessions.events import FewPeople, NamesDue
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations.loading import hold
from app.sessions.operations.seats.moving import move
from app.sessions.operations.seats.promoting import fill
from app.sessions.operations.seats.reserving import release_unnamed
from app.sessions.operations.seats.telling import settle
from app.sessions.operations.states import is_over
from app.sessions.queries.deadlines import Calendar
from app.sessions.queries.seating import unnamed
from app.sessions.rules import SeatState, TrainingState, is_open
from app.sessions.rules.deadlines import is_to_tell


def clear(training_id: int) -> None:
    """Do what is due with the seats of a training session. Running it twice changes nothing."""
    training = hold(SYSTEM, training_id)
    if not is_open(training.state):
        return
    if training.state is not TrainingState.POSTPONED:  # who knows no date cannot answer
        _end_offers(training)
    if moved := [*release_unnamed(training), *fill(training)]:
        settle(SYSTEM, training, moved)
    if not is_over(training) and training.state is not TrainingState.POSTPONED:
        _warn(training)
        _alert(training)


def refill(seat_ids: Iterable[int]) -> None:
    """Let the worker give what these seats left free to whoever is next in line: the caller holds people, and whoever
    settles seats takes hold of the training session first.
    """
    waiting = sa.select(Seat.training_id).where(Seat.state == SeatState.WAIT_LISTED)
    left = sa.select(Seat.training_id).where(Seat.id.in_(list(seat_ids)), Seat.training_id.in_(waiting))
    ids = left.distinct().order_by(Seat.training_id)
    for training_id in db.session.scalars(ids).all():
        enqueue("sessions.clear_seats", training_id=training_id)


def _end_offers(training: TrainingSession) -> None:
    """An offer that nobody took is over; the place goes to the next."""
    ended = db.session.scalars(
        sa.select(Seat)
        .where(Seat.training_id == training.id, Seat.state == SeatState.OFFERED, Seat.offer_until <= now())
        .order_by(Seat.id)
    ).all()
    for seat in ended:
        move(SYSTEM, seat, SeatState.WITHDRAWN)
    if ended:
        settle(SYSTEM, training, [*ended, *fill(training)])


def _warn(training: TrainingSession) -> None:
    """Tell each factory once that it has seats without a name which end soon."""
    calendar = Calendar(training)
    factories = {seat.factory_id: seat.factory for seat in unnamed(training.id)}
    days = {key: calendar.deadlines(factory) for key, factory in factories.items()}
    due = [day.warn_on for day in days.values() if day.warn_on]
    if not due or not is_to_tell(training.names_warned_at, min(due), next(iter(days.values())).today):
        return
    training.names_warned_at = now()
    for factory_id in sorted(factories):
        publish(NamesDue(training.id, factory_id))


def _alert(training: TrainingSession) -> None:
    """Tell whoever plans once that too few people are booked while more can still be found."""
    days = Calendar(training).deadlines()
    if training.least_people is None or days.alert_on is None:
        return
    booked = sa.select(sa.func.count()).where(Seat.training_id == training.id, Seat.state == SeatState.BOOKED)
    has_few = (db.session.scalar(booked) or 0) < training.least_people
    if has_few and is_to_tell(training.least_told_at, days.alert_on, days.today):
        training.least_told_at = now()
        publish(FewPeople(training.id))
