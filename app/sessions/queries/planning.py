"""What can be planned with what."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.factories.models import Factory, Group, Holiday, Programme
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions import policy
from app.sessions.models import TrainingSession
from app.sessions.queries.lookup import training_for


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


def training_to_plan(actor: Actor, training_id: int) -> TrainingSession:
    """One that the actor plans. Raises NotFound."""
    training = training_for(actor, training_id)
    if not policy.may_plan(actor, training):
        raise NotFound
    return training


def factories_of(programme: Programme) -> Sequence[Factory]:
    """The factories of a programme, by name."""
    own = sa.select(Factory).where(Factory.programme_id == programme.id)
    return db.session.scalars(own.order_by(Factory.name, Factory.id)).all()


def groups_of(programme: Programme) -> Sequence[Group]:
    """The manufacturers with factories in a programme, by name."""
    has_factory = sa.exists().where(Factory.group_id == Group.id, Factory.programme_id == programme.id)
    return db.session.scalars(sa.select(Group).where(has_factory).order_by(Group.name, Group.id)).all()


def certain_holidays(programme: Programme) -> set[date]:
    """Days on which its factories rest for certain. One that may move by the moon is not among them."""
    days = sa.select(Holiday.day).where(Holiday.programme_id == programme.id, Holiday.is_provisional.is_(False))
    return set(db.session.scalars(days))


def possible_trainers(actor: Actor, programme: Programme) -> list[Account]:
    """The trainers of the programme, and the actor: who plans may teach."""
    found = {account.id: account for account in accounts.trainers(programme.id)}
    if actor.account_id is not None:
        found |= accounts.accounts_by_id([actor.account_id])
    return sorted(found.values(), key=lambda account: account.name)
