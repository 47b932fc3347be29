"""PINs, and people who sign in with them."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import rules, secrets
from app.accounts.models import PersonPin
from app.accounts.operations.sign_ins import _begin
from app.accounts.site import settings
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import Refused


def set_pin(actor: Actor, person_id: int, pin: str) -> None:
    """Give a person a PIN. The caller has checked that the actor may. Logged without the PIN."""
    values = {"pin_hash": secrets.hash_pin(pin, settings().secret_key), "set_at": now()}
    db.session.execute(
        insert(PersonPin).values(person_id=person_id, **values).on_conflict_do_update(
            index_elements=["person_id"], set_=values
        )
    )
    audit.record(actor, "accounts.set_pin", f"person:{person_id}")


def give_new_pin(actor: Actor, person_id: int) -> str:
    """Give a person a new random PIN and answer it: it can be read once, now. The caller has checked the scope."""
    pin = secrets.new_pin(rules.PIN_LENGTH)
    set_pin(actor, person_id, pin)
    return pin


def sign_in_person(person_id: int, pin: str, *, training_id: int | None, device: str) -> str:
    """Begin a person's sign-in on a shared phone and answer its token. Raises Refused when the PIN is not right."""
    stored = db.session.scalar(sa.select(PersonPin.pin_hash).where(PersonPin.person_id == person_id))
    if stored is None or not secrets.pin_matches(pin, stored, settings().secret_key):
        raise Refused(_("This PIN is not right. Ask your trainer if you have forgotten it."))
    return _begin(device, hours=rules.PERSON_HOURS, person_id=person_id, training_id=training_id)
