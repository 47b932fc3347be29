"""Marking somebody whom nobody knows."""

from dataclasses import replace

from app.access.actor import Actor
from app.attendance import rules
from app.attendance.guests.models import Guest
from app.attendance.guests.operations.loading import hold_by_key, refuse_unmarkable
from app.attendance.guests.operations.log import GuestMarking, answer, append, receipt_of
from app.attendance.guests.operations.repeating import repeat
from app.attendance.guests.rules import LONGEST, GuestClash, GuestReceipt, GuestState, plain
from app.attendance.operations.loading import hold, hold_people
from app.factories.models import Factory
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions.models import Meeting
from app.sessions.policy import takes


def note(actor: Actor, meeting_id: int, marking: GuestMarking) -> GuestReceipt | GuestClash:
    """Mark an unknown person at a half-day; the first time it is said who that is. The same again answers the same.

    Raises NotFound, and Refused when nobody can be marked now or nothing says who it is.
    """
    meeting = hold(actor, meeting_id)
    if receipt_of(marking.mark_id) is None:
        refuse_unmarkable(meeting)
    return take_down(actor, meeting, marking)


def take_down(actor: Actor, meeting: Meeting, marking: GuestMarking) -> GuestReceipt | GuestClash:
    """The one way into the log of guests, behind every verb. The caller holds the half-day - `hold`, `hold_for` - and
    has asked whether it can be marked. Of a guest who was found meanwhile it is said again of the person.

    Raises NotFound for a factory or site of others, and Refused for what cannot be read.
    """
    if not rules.is_mark_id(marking.mark_id) or not rules.is_mark_id(marking.key):
        raise Refused(_("This mark could not be read. Load the page again, then mark once more."))
    if receipt_of(marking.mark_id) is None:
        guest = _told(actor, meeting, _clean(marking))
        if guest.person_id is not None:
            hold_people([guest.person_id])
        written = append(actor, meeting, guest, marking)
        if written and guest.person_id is not None:
            repeat(actor, guest, [written])
    receipt = receipt_of(marking.mark_id)
    assert receipt is not None, "it was there or was written"
    return answer(actor, meeting, marking, receipt)


def _clean(marking: GuestMarking) -> GuestMarking:
    said = marking.name, marking.number, marking.factory_name
    name, number, factory_name = (plain(text)[:LONGEST] for text in said)
    return replace(marking, name=name, number=number, factory_name=factory_name)


def _told(actor: Actor, meeting: Meeting, marking: GuestMarking) -> Guest:
    """The guest of the key, held, with what is known by now."""
    guest = hold_by_key(marking.key)
    if guest is None:
        _check(meeting, marking)
        guest = _new(actor, meeting, marking)
    elif guest.training_id != meeting.training_id:
        raise Refused(_("This mark could not be read. Load the page again, then mark once more."))
    elif marking.name and guest.state is GuestState.OPEN and (marking.counter or 0) > guest.told:
        _check(meeting, marking)
        for name, value in _said_of(marking).items():
            setattr(guest, name, value)
    return guest


def _new(actor: Actor, meeting: Meeting, marking: GuestMarking) -> Guest:
    if not marking.name:
        raise Refused(_("Write down who it is."))
    values = {
        "key": marking.key, "training_id": meeting.training_id, "account_id": actor.account_id, "created_at": now(),
        **_said_of(marking),
    }  # fmt: skip
    new = insert(Guest).values(values).on_conflict_do_nothing(index_elements=["key"])
    if (guest_id := db.session.scalar(new.returning(Guest.id))) is not None:
        audit.record(actor, "guests.add", f"guest:{guest_id}", meeting=meeting.id)
    guest = hold_by_key(marking.key)
    assert guest is not None, "it was there or was written"
    return guest


def _said_of(marking: GuestMarking) -> dict[str, object]:
    return {
        "name": marking.name, "number": marking.number, "factory_id": marking.factory_id,
        "factory_name": "" if marking.factory_id else marking.factory_name, "site_id": marking.site_id,
        "told": marking.counter or 0,
    }  # fmt: skip


def _check(meeting: Meeting, marking: GuestMarking) -> None:
    """Raises NotFound for a factory or site that this training session has nothing to do with."""
    if marking.factory_id is not None:
        factory = db.session.get(Factory, marking.factory_id)
        if factory is None or not takes(meeting.training, factory):
            raise NotFound
    if marking.site_id is not None and marking.site_id not in {site.id for site in meeting.training.sites}:
        raise NotFound
