"""Accounts of each role, and the actors that they are."""

from itertools import count

from app.access.actor import Actor, Grant
from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.factories.models import Factory, Programme
from app.platform.clock import now
from app.platform.db import db

_numbers = count(1)


def account(
    role: Role, *, programme: Programme | None = None, factory: Factory | None = None, **values: object
) -> Account:
    """An account with one role; it has no password that anybody could type."""
    number = next(_numbers)
    defaults = {
        "email": f"{role}-{number}@example.org", "name": f"{role} {number}", "language": "en", "password_hash": "!",
    }
    row = Account(created_at=now(), **{**defaults, **values})
    db.session.add(row)
    db.session.flush()
    db.session.add(
        RoleGrant(
            account_id=row.id, role=role,
            programme_id=programme.id if programme else None, factory_id=factory.id if factory else None,
        )
    )
    db.session.flush()
    return row


def actor(account: Account) -> Actor:
    """The actor that a signed-in account is."""
    grants = db.session.query(RoleGrant).filter_by(account_id=account.id).all()
    return Actor(
        name=account.name, account_id=account.id, language=account.language,
        grants=tuple(Grant(g.role, g.programme_id, g.factory_id) for g in grants),
    )
