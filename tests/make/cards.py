"""People with a PIN and a card."""

from app.access.actor import SYSTEM
from app.accounts import operations as accounts
from app.accounts.models import PersonCard
from app.accounts.operations.cards import issue_missing
from app.factories.models import Person
from app.platform.db import db

PIN = "4711"


def card(person: Person, pin: str = PIN) -> PersonCard:
    """The live card of a person, who also gets the PIN."""
    accounts.set_pin(SYSTEM, person.id, pin)
    issue_missing([person.id])
    return db.session.query(PersonCard).filter_by(person_id=person.id, revoked_at=None).one()
