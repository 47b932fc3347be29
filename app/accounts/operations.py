"""Beginning and ending sign-ins; accounts and PINs."""

from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from app.access.actor import Actor, Grant
from app.accounts import rules, secrets
from app.accounts.models import Account, PersonPin, RoleGrant, SignIn
from app.platform import audit
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import Refused


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def create_account(
    actor: Actor, *, email: str, name: str, language: str, password: str, grants: list[Grant]
) -> Account:
    """Create an account with its roles. Raises Refused when the address has one or the password is too short."""
    if len(password) < rules.SHORTEST_PASSWORD:
        raise Refused(_("A password needs at least %(count)s characters.", count=rules.SHORTEST_PASSWORD))
    address = rules.normal_email(email)
    if db.session.scalar(sa.select(Account.id).where(Account.email == address)):
        raise Refused(_("There is already an account with this address."))
    account = Account(
        email=address, name=name, language=language, password_hash=secrets.hash_password(password), created_at=now()
    )
    db.session.add(account)
    db.session.flush()  # grants and the log need the id
    db.session.add_all(
        RoleGrant(account_id=account.id, role=g.role, programme_id=g.programme_id, factory_id=g.factory_id)
        for g in grants
    )
    audit.record(actor, "accounts.create", f"account:{account.id}", roles=[g.role for g in grants])
    return account


def sign_in_account(email: str, password: str, device: str) -> str:
    """Begin a sign-in and answer its token. Raises Refused, in the same words and time, for any wrong pair."""
    account = db.session.scalar(sa.select(Account).where(Account.email == rules.normal_email(email)))
    right = secrets.password_matches(password, account.password_hash if account else None)
    if account is None or not right or account.disabled_at is not None:
        raise Refused(_("The address or the password is not right."))
    return _begin(device, hours=_settings().sign_in_hours, account_id=account.id)


def set_pin(actor: Actor, person_id: int, pin: str) -> None:
    """Give a person a PIN. The caller has checked that the actor may. Logged without the PIN."""
    values = {"pin_hash": secrets.hash_pin(pin, _settings().secret_key), "set_at": now()}
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
    _end_sign_ins_of(person_id)
    return pin


def _end_sign_ins_of(person_id: int) -> None:
    """Whoever came in with the old PIN is out."""
    db.session.execute(
        sa.update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None)).values(ended_at=now())
    )


def sign_in_person(person_id: int, pin: str, *, training_id: int | None, device: str) -> str:
    """Begin a person's sign-in on a shared phone and answer its token. Raises Refused when the PIN is not right."""
    stored = db.session.scalar(sa.select(PersonPin.pin_hash).where(PersonPin.person_id == person_id))
    if stored is None or not secrets.pin_matches(pin, stored, _settings().secret_key):
        raise Refused(_("This PIN is not right. Ask your trainer if you have forgotten it."))
    return _begin(device, hours=rules.PERSON_HOURS, person_id=person_id, training_id=training_id)


def end(sign_in_id: int) -> None:
    """End a sign-in on every process at once. Ending it again changes nothing."""
    db.session.execute(
        sa.update(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None)).values(ended_at=now())
    )


def _begin(
    device: str,
    *,
    hours: int,
    account_id: int | None = None,
    person_id: int | None = None,
    training_id: int | None = None,
) -> str:
    token = secrets.new_token()
    db.session.add(
        SignIn(
            token_hash=secrets.hash_token(token),
            account_id=account_id,
            person_id=person_id,
            training_id=training_id,
            device=device[:200],
            began_at=now(),
            seen_at=now(),
            expires_at=now() + timedelta(hours=hours),
        )
    )
    actor = Actor(account_id=account_id, person_id=person_id)
    audit.record(actor, "accounts.sign_in", f"account:{account_id}" if account_id else f"person:{person_id}")
    return token


