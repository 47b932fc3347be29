"""An unknown person who is in no register yet."""

from app.access.actor import Actor
from app.attendance.guests.models import Guest
from app.attendance.guests.operations.loading import hold
from app.attendance.guests.operations.resolving import resolve
from app.attendance.guests.queries.marks import marks_of
from app.attendance.guests.rules import GuestState
from app.factories import operations as factories
from app.factories.operations.employing import Hire, Terms
from app.platform.clock import today
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.models import Meeting
from app.sessions.queries.nominating import present_factories


def add(actor: Actor, training_id: int, guest_id: int, factory_id: int, who: Hire, seen: int) -> Guest:
    """Enter a guest into the register of a factory, as working there from the first half-day on, and resolve it.

    Raises NotFound without the right to add people there, and Refused as `resolve` and `hire` do.
    """
    training, guest = hold(actor, training_id, guest_id)
    if guest.state is GuestState.FOUND and guest.revision == seen + 1:
        return guest
    factory = next((each for each in present_factories(actor, training) if each.id == factory_id), None)
    if factory is None:
        raise NotFound
    days = [db.session.get_one(Meeting, mark.meeting_id).starts.date() for mark in marks_of(guest.id)]
    on = min([*days, today(factory.programme.zone)])
    person = factories.hire(actor, factory.code, who, Terms(None, None, None), on)
    db.session.flush()  # whoever looks for where the person works asks the database
    return resolve(actor, training_id, guest_id, person.id, seen)
