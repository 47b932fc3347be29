"""Somebody else instead, and somebody more on the day."""

from datetime import timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.models import Seat, SeatAtMeeting, Site, TrainingSession
from app.sessions.operations.loading import hold, refuse_unless_open
from app.sessions.operations.seats.loading import seat_of_person, site_for, to_speak
from app.sessions.operations.seats.moving import ask, hand_on, move
from app.sessions.operations.seats.telling import settle
from app.sessions.operations.states import is_over
from app.sessions.queries.nominating import employed
from app.sessions.queries.seating import capacity, taken
from app.sessions.rules import MeetingState, SeatState, TrainingState
from app.sessions.rules.places import extra_place

_HAS_A_PLACE = (SeatState.BOOKED, SeatState.OFFERED)
WALK_IN_BEFORE = timedelta(hours=12)
"""How long before a half-day somebody at the door can be added: as long as its roll call is open."""


def swap(actor: Actor, training_id: int, seat_id: int, person_id: int) -> Seat:
    """Let another person of the same factory come instead, at the very place. Doing it again changes nothing.

    Raises NotFound for people of others, Refused for somebody who has a place already and, where the factory asks, once
    the training session has begun.
    """
    training, seat = to_speak(actor, training_id, seat_id)
    if employed(seat.factory_id, {person_id}) != {person_id}:
        raise NotFound
    instead = seat_of_person(training, person_id)
    if seat.state is SeatState.WITHDRAWN and instead and instead.state is SeatState.BOOKED:
        return instead
    if seat.state is not SeatState.BOOKED:
        raise Refused(_("Only somebody with a booked seat can be replaced. Nothing was changed."))
    if instead and instead.state in _HAS_A_PLACE:
        raise Refused(_("This person has a place in this training session already."))
    if _has_begun(training) and (is_over(training) or not policy.may_settle_seats(actor, training)):
        raise Refused(_("This training session has begun. Ask the trainer to change who comes."))
    if instead is None:
        instead = ask(actor, training, seat.site, seat.factory_id, person_id, SeatState.REQUESTED)
    _hand_over(actor, seat, instead)
    settle(actor, training, [instead, seat], is_swap=True)
    return instead


def walk_in(actor: Actor, training_id: int, factory: Factory, person_id: int, site_id: int) -> Seat:
    """Book somebody who stands at the door: at a free place, or at one more than there are. Doing it again changes
    nothing. Who takes the roll may, and a factory in its own room, from when the roll call of a half-day opens.

    Raises NotFound for people of others, Refused before that day and for what is not confirmed.
    """
    training = hold(actor, training_id)
    if not policy.takes(training, factory):
        raise NotFound
    site = site_for(training, factory, site_id)
    if not policy.may_seat_at_door(actor, training, site):
        raise NotFound
    refuse_unless_open(training)
    if not may_walk_in(training):
        raise Refused(_("People without a seat can be added on the day of the training session only."))
    if employed(factory.id, {person_id}) != {person_id}:
        raise NotFound
    seat = seat_of_person(training, person_id)
    if seat and seat.state is SeatState.BOOKED:
        return seat
    seat = seat or ask(actor, training, site, factory.id, person_id, SeatState.REQUESTED)
    _stand_at(seat, site, factory.id)
    occupied = taken(training, seat.modality, but=seat.id)
    move(actor, seat, SeatState.BOOKED, place=extra_place(occupied, capacity(training, seat.modality)))
    seat.is_walk_in = True
    settle(actor, training, [seat])
    return seat


def may_walk_in(training: TrainingSession) -> bool:
    """Whether the roll call of a half-day is open, or has been."""
    planned = [meeting for meeting in training.meetings if meeting.state is MeetingState.PLANNED]
    return training.state is TrainingState.CONFIRMED and any(
        meeting.starts_at - WALK_IN_BEFORE <= now() for meeting in planned
    )


def _stand_at(seat: Seat, site: Site, factory_id: int) -> None:
    """A place that is held already is of no use at another kind of site."""
    if seat.modality is not site.kind.modality:
        seat.place = None
        db.session.execute(sa.delete(SeatAtMeeting).where(SeatAtMeeting.seat_id == seat.id))
    seat.factory_id, seat.site_id, seat.modality = factory_id, site.id, site.kind.modality
    db.session.flush()  # what is taken is asked of the database


def _has_begun(training: TrainingSession) -> bool:
    planned = [meeting for meeting in training.meetings if meeting.state is MeetingState.PLANNED]
    return any(meeting.starts_at <= now() for meeting in planned)


def _hand_over(actor: Actor, seat: Seat, instead: Seat) -> None:
    """The place, the way of joining, and what is different at single half-days."""
    place, walked_in = seat.place, seat.is_walk_in
    hand_on(seat, instead)
    instead.factory_id, instead.site_id, instead.modality = seat.factory_id, seat.site_id, seat.modality
    instead.is_walk_in = walked_in
    move(actor, seat, SeatState.WITHDRAWN)
    move(actor, instead, SeatState.BOOKED, place=place)
