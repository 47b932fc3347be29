"""Accounts of staff and focal points."""

import sqlalchemy as sa

from app.access.actor import Actor, Grant
from app.accounts import rules, secrets
from app.accounts.models import Account, RoleGrant
from app.accounts.operations.own import refuse_weak
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused


def create_account(
    actor: Actor, *, email: str, name: str, language: str, password: str, grants: list[Grant]
) -> Account:
    """Create an account with its roles. Raises Refused when the address has one or the password is too weak."""
    refuse_weak(password, email, name)
    address = rules.normal_email(email)
    if db.session.scalar(sa.select(Account.id).where(Account.email == address)):
        raise Refused(_("There is already an account with this address."))
    account = Account(
        email=address, name=name, language=language, password_hash=secrets.hash_password(password), created_at=now()
    )
    db.session.add(account)
    db.session.flush()  # grants and the log need the id
    db.session.add_all(
        RoleGrant(
            account_id=account.id,
            role=g.role,
            programme_id=g.programme_id,
            factory_id=g.factory_id,
            training_id=g.training_id,
        )
        for g in grants
    )
    audit.record(actor, "accounts.create", f"account:{account.id}", roles=[g.role for g in grants])
    return account
