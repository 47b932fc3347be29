"""Somebody who sits in the room of the own factory without a seat."""

from dataclasses import replace

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.guests import operations as guests
from app.attendance.guests.operations import GuestClash, GuestMarking, GuestReceipt
from app.attendance.guests.operations.loading import hold_by_key
from app.attendance.operations.loading import hold_people
from app.attendance.operations.log import Receipt, receipt_of
from app.attendance.rooms.operations.declaring import declare
from app.attendance.rooms.operations.loading import hold_room
from app.attendance.rooms.queries.people import inside
from app.attendance.rules import Evidence, Mark
from app.factories.models import Factory
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import operations as sessions
from app.sessions import queries as trainings
from app.sessions.models import Meeting
from app.sessions.operations.loading import hold
from app.sessions.rules import SeatState


def seat_and_declare(
    actor: Actor, meeting_id: int, site_id: int, person_id: int, mark: Mark, mark_id: str
) -> Receipt:
    """Give somebody of the own factory a seat in its room as a walk-in, where there is none, and say whether the person
    is there: in one go. The same again answers the same.

    Raises NotFound for people of others, and Refused for somebody who joins from elsewhere or when nobody can be
    checked in or added now.
    """
    of_meeting = sa.select(Meeting.training_id).where(Meeting.id == meeting_id)
    training = hold(actor, db.session.scalar(of_meeting) or 0)
    meeting, site = hold_room(actor, meeting_id, site_id)
    if receipt_of(mark_id) is None:
        if not hold_people([person_id]):
            raise NotFound
        factory = db.session.get_one(Factory, site.factory_id)
        known = trainings.seat_of(training.id, person_id)
        if known is None or known.state is not SeatState.BOOKED:
            sessions.walk_in(actor, training.id, factory, person_id, site.id)
        elif known.factory_id != factory.id:
            raise NotFound
        elif person_id not in {each.seat.person_id for each in inside(meeting)[site.id]}:
            raise Refused(_("This person has a seat elsewhere in this training session. Tell the trainer."))
    return declare(actor, meeting_id, site_id, person_id, mark, mark_id)


def note_guest(actor: Actor, meeting_id: int, site_id: int, marking: GuestMarking) -> GuestReceipt | GuestClash:
    """Take down somebody in the own room whom the register does not know, as the word of the factory: who it is, others
    say later. The same again answers the same.

    Raises NotFound, and Refused when nobody can be checked in now or nothing says who it is.
    """
    meeting, site = hold_room(actor, meeting_id, site_id)
    known = hold_by_key(marking.key)
    if known is not None and known.site_id != site.id:
        raise NotFound
    here = replace(
        marking, factory_id=site.factory_id, factory_name="", site_id=site.id, evidence=Evidence.ROOM_JOIN
    )
    return guests.take_down(actor, meeting, here)
