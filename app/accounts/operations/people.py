"""PINs, and people who sign in with them."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import rules, secrets
from app.accounts.models import PersonPin, SignIn
from app.accounts.operations.sign_ins import begin
from app.accounts.refusals import note_refused
from app.accounts.site import keys
from app.factories.queries import person
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import Refused

_ROWS = 200


def set_pin(actor: Actor, person_id: int, pin: str) -> None:
    """Give a person a PIN. Logged without the PIN. Raises NotFound where the actor may give none."""
    person(actor, person_id, Permission.PEOPLE_PIN)
    store_pins({person_id: hashed(pin)})
    audit.record(actor, "accounts.set_pin", f"person:{person_id}")


def give_new_pin(actor: Actor, person_id: int) -> str:
    """Give a person a new random PIN and answer it: it can be read once, now. Raises NotFound.

    Whoever is signed in with the PIN before is signed out.
    """
    pin = secrets.new_pin(rules.PIN_LENGTH)
    set_pin(actor, person_id, pin)
    end_of_people([person_id])
    return pin


def hashed(pin: str) -> str:
    """The PIN as it is stored."""
    return secrets.hash_pin(pin, keys()[0])


def store_pins(hashes: Mapping[int, str]) -> None:
    """Store hashed PINs by person; whatever PIN was there before stops working."""
    at = now()
    rows = [{"person_id": person_id, "pin_hash": pin_hash, "set_at": at} for person_id, pin_hash in hashes.items()]
    for start in range(0, len(rows), _ROWS):
        new = insert(PersonPin).values(rows[start : start + _ROWS])
        values = {"pin_hash": new.excluded.pin_hash, "set_at": at}
        db.session.execute(new.on_conflict_do_update(index_elements=["person_id"], set_=values))


def end_of_people(person_ids: Sequence[int]) -> None:
    """End every sign-in of these people."""
    for start in range(0, len(person_ids), _ROWS):
        live = sa.and_(SignIn.person_id.in_(person_ids[start : start + _ROWS]), SignIn.ended_at.is_(None))
        db.session.execute(sa.update(SignIn).where(live).values(ended_at=now()))


def sign_in_person(
    person_id: int | None, pin: str, *, training_id: int | None, device: str, is_kiosk: bool = False
) -> str:
    """Begin a person's sign-in on a shared phone and answer its token.

    Raises Refused, in the same words and time, for a wrong PIN and for nobody (`None`).
    """
    stored = db.session.scalar(sa.select(PersonPin.pin_hash).where(PersonPin.person_id == person_id))
    if not secrets.pin_matches(pin, stored, *keys()):
        note_refused("pin", person=person_id)
        raise Refused(_("This PIN is not right. Ask your trainer if you have forgotten it."))
    if person_id is not None and len(keys()) > 1:
        store_pins({person_id: hashed(pin)})  # so that the former key is not needed any more
    return begin(device, hours=rules.PERSON_HOURS, person_id=person_id, training_id=training_id, is_kiosk=is_kiosk)
