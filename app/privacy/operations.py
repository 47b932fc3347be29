"""The verbs of privacy: hand out what is known of a person, and take it out for good."""

from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.merging.queries import aliases, person_for
from app.factories.merging.rows import person_data
from app.factories.models import Person
from app.platform import audit
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.jobs import enqueue
from app.platform.refusal import Refused
from app.privacy.erasing import erase


def export_person(actor: Actor, person_id: int) -> dict[str, Any]:
    """Everything that is held of a person, by entry, room and table, as plain data. Logged. Raises NotFound."""
    person, _programmes = person_for(actor, person_id, Permission.PRIVACY_MANAGE)
    entries = [
        {"person_id": each, "rooms": {room: data.export(each) for room, data in person_data().items()}}
        for each in (person.id, *aliases(person.id))
    ]
    audit.record(actor, "privacy.export_person", f"person:{person.id}", entries=len(entries))
    return {"kind": "person", "made_at": now().isoformat(), "entries": entries}


def pseudonymise(actor: Actor, person_id: int) -> Person:
    """Replace names and numbers by a code and delete contacts, cards and PIN, for good. Facts stay countable.

    Doing it again changes nothing. Raises NotFound, and Refused for an entry that leads to somebody else.
    """
    person, _programmes = person_for(actor, person_id, Permission.PRIVACY_MANAGE)
    if person.merged_into_id is not None:
        raise Refused(_("This entry was joined with another person. Open that person."))
    if person.erased_at is not None:
        return person
    audit.record(actor, "privacy.pseudonymise", f"person:{person.id}")
    for key in erase([person.id]):
        enqueue("privacy.delete_file", key=key)
    return person
