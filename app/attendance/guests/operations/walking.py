"""Somebody of the register at the door, without a seat."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance import operations as attendance
from app.attendance.guests.operations.loading import refuse_unmarkable
from app.attendance.operations.loading import hold_people
from app.attendance.operations.log import Receipt, receipt_of
from app.attendance.rules import Mark
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions import operations as sessions
from app.sessions import queries as trainings
from app.sessions.models import Meeting
from app.sessions.operations.loading import hold
from app.sessions.policy import may_take_roll
from app.sessions.queries.nominating import present_factories, sites_for
from app.sessions.rules import SeatState


def seat_and_mark(
    actor: Actor, meeting_id: int, person_id: int, factory_id: int, site_id: int | None, mark: Mark, mark_id: str
) -> Receipt:
    """Give somebody of a factory a seat as a walk-in, where there is none, and mark the person at the half-day: in one
    go. The same again answers the same. A site that the factory's people cannot join from gives way to one they can.

    Raises NotFound, and Refused when nobody can be marked or added now.
    """
    of_meeting = sa.select(Meeting.training_id).where(Meeting.id == meeting_id)
    training = hold(actor, db.session.scalar(of_meeting) or 0)
    if not may_take_roll(actor, training):
        raise NotFound
    meeting = next(each for each in training.meetings if each.id == meeting_id)
    if receipt_of(mark_id) is None:
        refuse_unmarkable(meeting)
        if not hold_people([person_id]):
            raise NotFound
        known = trainings.seat_of(training.id, person_id)
        if known is None or known.state is not SeatState.BOOKED:
            factory = next((each for each in present_factories(actor, training) if each.id == factory_id), None)
            if factory is None:
                raise NotFound
            sites = [site.id for site in sites_for(training, factory)]
            if not sites:
                raise NotFound
            sessions.walk_in(actor, training.id, factory, person_id, site_id if site_id in sites else sites[0])
    return attendance.mark(actor, meeting_id, person_id, mark, mark_id=mark_id)
