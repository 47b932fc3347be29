"""Accounts of each role, and the actors that they are."""

from itertools import count

from app.access.actor import Actor
from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.accounts.queries import grants_of
from app.factories.models import Factory, Group, Programme
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import TrainingSession

_numbers = count(1)


def account(
    role: Role, *, programme: Programme | None = None, factory: Factory | None = None, group: Group | None = None,
    training: TrainingSession | None = None, **values: object,
) -> Account:
    """An account with one role; it has no password that anybody could type."""
    number = next(_numbers)
    defaults = {
        "email": f"{role}-{number}@example.org", "name": f"{role} {number}", "language": "en", "password_hash": "!",
    }
    row = Account(created_at=now(), **{**defaults, **values})
    db.session.add(row)
    db.session.flush()
    grant(row, role, programme=programme, factory=factory, group=group, training=training)
    return row


def grant(
    account: Account, role: Role, *, programme: Programme | None = None, factory: Factory | None = None,
    group: Group | None = None, training: TrainingSession | None = None,
) -> None:
    """Give one more role, without an end."""
    db.session.add(
        RoleGrant(
            account_id=account.id, role=role, factory_id=factory.id if factory else None,
            programme_id=programme.id if programme else training.programme_id if training else None,
            group_id=group.id if group else None, training_id=training.id if training else None,
        )
    )
    db.session.flush()


def actor(account: Account) -> Actor:
    """The actor that a signed-in account is."""
    return Actor(
        name=account.name, account_id=account.id, language=account.language, grants=grants_of(account.id),
    )
