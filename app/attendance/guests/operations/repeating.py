"""Saying of a person what was marked of a guest who turned out to be that person."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.guests.rules import repeated_id
from app.attendance.operations.log import Marking, take_down
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.models import Meeting


def marks_of(guest_id: int) -> list[GuestMark]:
    """Everything that was marked of a guest, as the server took it down."""
    own = sa.select(GuestMark).where(GuestMark.guest_id == guest_id)
    return list(db.session.scalars(own.order_by(GuestMark.id)))


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
        own = [_said_again(guest, mark, guest.person_id) for mark in marks if mark.meeting_id == meeting_id]
        take_down(actor, meeting, seats, own)


def _said_again(guest: Guest, mark: GuestMark, person_id: int) -> Marking:
    return Marking(
        person_id,
        mark.mark,
        mark.evidence,
        repeated_id(mark.mark_id, person_id, guest.revision),
        frozenset(repeated_id(each, person_id, guest.revision) for each in mark.seen),
        mark.minutes,
        f"guest:{guest.id}:{mark.marker}",
        mark.counter,
        mark.device_at or mark.at,
        flag=mark.flag,
    )
