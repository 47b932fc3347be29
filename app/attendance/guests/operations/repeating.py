"""Saying of a person what was marked of a guest who turned out to be that person."""

from collections.abc import Sequence

from app.access.actor import Actor
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.guests.rules import repeated_id
from app.attendance.operations.log import Marking, logs_of, take_down
from app.attendance.rules import GUEST, LEFT, Evidence, Said
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting


def repeat(actor: Actor, guest: Guest, marks: Sequence[GuestMark]) -> None:
    """Say these marks again of the person that the guest turned out to be, each with how it was known. The caller
    holds the training session, the guest and the person, who has a seat.

    Who marked the guest did not know the person: another mark of the person is not replaced by it, both show.
    """
    if guest.person_id is None:
        return
    seats = sessions.seats_of(guest.training_id, [guest.person_id])
    for meeting_id in dict.fromkeys(mark.meeting_id for mark in marks):
        meeting = db.session.get_one(Meeting, meeting_id)
        log = logs_of(meeting_id, [guest.person_id])[guest.person_id]
        own = [_said_again(guest, guest.person_id, mark, log) for mark in marks if mark.meeting_id == meeting_id]
        take_down(actor, meeting, seats, own)


def marker_of_guest(guest_id: int) -> str:
    """How whatever is said of a person because of a guest begins to name who said it."""
    return f"{GUEST}{guest_id}:"


def marker_of_leaving(guest_id: int) -> str:
    """The same where the guest is not the person after all."""
    return f"{GUEST}{guest_id}{LEFT}"


def _said_again(guest: Guest, person_id: int, mark: GuestMark, log: Sequence[Said]) -> Marking:
    """The mark as one of the person. Where the guest was taken for the person once and then not, it replaces that."""
    own, now = marker_of_guest(guest.id), f"{marker_of_guest(guest.id)}{guest.revision}:"
    before = [said for said in log if said.marker.startswith(own) and not said.marker.startswith(now)]
    is_weaker = any(said.strength > mark.evidence.strength for said in before)
    return Marking(
        person_id,
        mark.mark,
        Evidence.CORRECTION if is_weaker else mark.evidence,
        repeated_id(mark.mark_id, person_id, guest.revision),
        frozenset(repeated_id(each, person_id, guest.revision) for each in mark.seen)
        | {said.mark_id for said in before},
        mark.minutes,
        now + mark.marker,
        mark.counter,
        mark.device_at or mark.at,
        flag=mark.flag,
    )
