"""Which person stands at the door: by card, by employee number, on which device."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.accounts.models import Account, PersonCard, SignIn
from app.factories.models import Employment, Factory, Person
from app.factories.queries import itself
from app.factories.roster.numbers import number_key
from app.platform.clock import now
from app.platform.db import db


def by_card(session: Session, token: str) -> int | None:
    """The person whose card this is, or None when nobody has it any more."""
    held = sa.select(PersonCard.person_id).where(PersonCard.token == token, PersonCard.revoked_at.is_(None))
    return _current(session, session.scalar(held))


def by_number(session: Session, factory_code: str, number: str) -> int | None:
    """The person now employed under this number at the factory of this code, or None."""
    employed = (
        sa.select(Employment.person_id)
        .join(Factory, Factory.id == Employment.factory_id)
        .where(
            sa.func.upper(Factory.code) == factory_code.upper(),
            Employment.number_key == number_key(number),
            Employment.ended_on.is_(None),
        )
    )
    return _current(session, session.scalar(employed))


def live_card(person_id: int) -> PersonCard | None:
    """The card that opens the person's door now."""
    held = sa.select(PersonCard).where(PersonCard.person_id == person_id, PersonCard.revoked_at.is_(None))
    return db.session.scalar(held.order_by(PersonCard.id.desc()).limit(1))


def is_known_device(person_id: int, device: str) -> bool:
    """Whether the person has signed in on this device before. `device` begins the name that is kept of it."""
    return bool(
        db.session.scalar(
            sa.select(sa.exists().where(SignIn.person_id == person_id, SignIn.device.startswith(device)))
        )
    )


@dataclass(frozen=True)
class Kiosk:
    """A tablet that shows the names of one training session; `account_id` is who made it one."""

    sign_in_id: int
    training_id: int
    account_id: int


def kiosk_of(token_hash: str) -> Kiosk | None:
    """The live kiosk of a token, or None. One statement."""
    statement = (
        sa.select(SignIn.id, SignIn.training_id, SignIn.account_id)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_hash == token_hash, SignIn.is_kiosk)
        .where(SignIn.ended_at.is_(None), SignIn.expires_at > now(), Account.disabled_at.is_(None))
    )
    row = db.session.execute(statement).first()
    if row is None or row.training_id is None or row.account_id is None:
        return None
    return Kiosk(row.id, row.training_id, row.account_id)


def _current(session: Session, person_id: int | None) -> int | None:
    """The person that a duplicate turned out to be; nobody when everything personal was erased."""
    return session.scalar(sa.select(Person.id).where(Person.id == itself(person_id), Person.erased_at.is_(None)))
