"""What can be planned with what."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.factories.models import Factory, Programme
from app.platform.db import db
from app.platform.refusal import NotFound


def programmes(actor: Actor, permission: Permission) -> Sequence[Programme]:
    """Programmes in which the actor holds the permission, by code."""
    scope = actor.scope(permission)
    statement = sa.select(Programme).order_by(Programme.code)
    if not scope.everything:
        statement = statement.where(Programme.id.in_(scope.programmes))
    return db.session.scalars(statement).all()


def programme_to_plan(actor: Actor, code: str) -> Programme:
    """The programme with this code, in which the actor may plan. Raises NotFound."""
    found = next((p for p in programmes(actor, Permission.SESSIONS_PLAN) if p.code == code), None)
    if found is None:
        raise NotFound
    return found


def factories_of(programme: Programme) -> Sequence[Factory]:
    """The factories of a programme, by name."""
    own = sa.select(Factory).where(Factory.programme_id == programme.id)
    return db.session.scalars(own.order_by(Factory.name, Factory.id)).all()


def possible_trainers(actor: Actor, programme: Programme) -> list[Account]:
    """The trainers of the programme, and the actor: who plans may teach."""
    found = {account.id: account for account in accounts.trainers(programme.id)}
    if actor.account_id is not None:
        found |= accounts.accounts_by_id([actor.account_id])
    return sorted(found.values(), key=lambda account: account.name)
