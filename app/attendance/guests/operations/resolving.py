"""Saying who an unknown person is, and taking it back."""

import hashlib

from app.access.actor import SYSTEM, Actor
from app.attendance import labels, queries
from app.attendance.guests.models import Guest
from app.attendance.guests.operations.loading import hold
from app.attendance.guests.operations.repeating import marker_of_guest, marker_of_leaving, repeat
from app.attendance.guests.operations.seating import give_back, seat
from app.attendance.guests.queries.marks import marked_at, marks_of
from app.attendance.guests.rules import GuestState
from app.attendance.operations.loading import hold_people
from app.attendance.operations.log import Marking, logs_of, take_down
from app.attendance.rules import Evidence, Hindrance, Mark
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import queries as sessions
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import SeatState, TrainingState

_HINDERS = {
    TrainingState.CLOSED: Hindrance.CLOSED,
    TrainingState.CANCELLED: Hindrance.TRAINING_CANCELLED,
}


def resolve(actor: Actor, training_id: int, guest_id: int, person_id: int, seen: int) -> Guest:
    """Say who a guest is: every mark of the guest is said again of that person, each with how it was known; without a
    seat the person gets one as a walk-in. Doing it again changes nothing.

    `seen` is the guest's revision that the actor had in view. Where the guest was taken for somebody else, what was
    marked there is taken back, and the log names both. Raises NotFound for people whom the actor cannot add, and
    Refused when somebody else has decided meanwhile or nothing can change any more.
    """
    training, guest = hold(actor, training_id, guest_id)
    if guest.state is GuestState.FOUND and guest.person_id == person_id:
        return guest
    _refuse(training, guest, seen)
    earlier = guest.person_id
    if person_id not in hold_people([each for each in (person_id, earlier) if each is not None]):
        raise NotFound
    gave_seat = seat(actor, training, guest, person_id)
    _leave(actor, training, guest)
    guest.state, guest.person_id, guest.gave_seat = GuestState.FOUND, person_id, gave_seat
    guest.revision += 1
    db.session.flush()  # the log is written past the session
    repeat(actor, guest, marks_of(guest.id))
    audit.record(actor, "guests.resolve", f"guest:{guest.id}", person=person_id, before=earlier)
    return guest


def set_aside(actor: Actor, training_id: int, guest_id: int, seen: int) -> Guest:
    """The guest is not one of ours: what was marked stays and counts for nobody. Doing it again changes nothing.

    Raises NotFound, Refused as `resolve` does.
    """
    training, guest = hold(actor, training_id, guest_id)
    if guest.state is GuestState.SET_ASIDE:
        return guest
    _refuse(training, guest, seen)
    return _end(actor, training, guest, GuestState.SET_ASIDE, "guests.set_aside")


def reopen(actor: Actor, training_id: int, guest_id: int, seen: int) -> Guest:
    """Nobody knows after all who the guest is. Doing it again changes nothing. Raises NotFound, Refused."""
    training, guest = hold(actor, training_id, guest_id)
    if guest.state is GuestState.OPEN:
        return guest
    _refuse(training, guest, seen)
    return _end(actor, training, guest, GuestState.OPEN, "guests.reopen")


def _end(actor: Actor, training: TrainingSession, guest: Guest, state: GuestState, verb: str) -> Guest:
    earlier = guest.person_id
    if earlier is not None:
        hold_people([earlier])
    _leave(actor, training, guest)
    guest.state, guest.person_id, guest.gave_seat = state, None, False
    guest.revision += 1
    audit.record(actor, verb, f"guest:{guest.id}", before=earlier)
    return guest


def _refuse(training: TrainingSession, guest: Guest, seen: int) -> None:
    if training.state in _HINDERS:
        raise Refused(str(labels.HINDRANCES[_HINDERS[training.state]]))
    if guest.revision != seen:
        raise Refused(_("Somebody has said meanwhile who this is. Look again, then decide."))


def _leave(actor: Actor, training: TrainingSession, guest: Guest) -> None:
    """Take back what was marked at a person who was not the guest: what else is known there counts again, and nothing
    where nothing is - in a roll call that is closed, the absence of whom nobody marked. The seat that the person got by
    it goes back when nothing else is known.
    """
    person_id = guest.person_id
    if person_id is None:
        return
    seats, own = sessions.seats_of(training.id, [person_id]), marker_of_guest(guest.id)
    ids = dict.fromkeys(mark.meeting_id for mark in marks_of(guest.id))
    meetings = [db.session.get_one(Meeting, each) for each in ids]
    for meeting in meetings:
        log = logs_of(meeting.id, [person_id])[person_id]
        mine = frozenset(said.mark_id for said in log if said.marker.startswith(own))
        taken_back = Marking(
            person_id, Mark.ABSENT, Evidence.AUTOMATIC, _leaving_id(guest, meeting.id), mine,
            marker=marker_of_leaving(guest.id), counter=guest.revision,
        )  # fmt: skip
        take_down(actor, meeting, seats, [taken_back])
    if guest.gave_seat and not marked_at(training.id, person_id):
        give_back(actor, training, person_id)
    elif person_id in seats and seats[person_id].state is SeatState.BOOKED:
        for meeting in meetings:
            if queries.closed_roll_call(meeting.id) and queries.mark_of(meeting.id, person_id) is None:
                take_down(SYSTEM, meeting, seats, [Marking(person_id, Mark.ABSENT, Evidence.AUTOMATIC)])


def _leaving_id(guest: Guest, meeting_id: int) -> str:
    return hashlib.sha256(f"left:{guest.key}:{meeting_id}:{guest.revision}".encode()).hexdigest()[:32]
