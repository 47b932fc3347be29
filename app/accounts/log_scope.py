"""Whose entries of the log an actor may read: those about something in a programme of hers, and about its accounts."""

import sqlalchemy as sa
from flask import current_app

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import RoleGrant
from app.factories.models import Factory
from app.platform.audit.models import AuditEntry


def entries_in_scope(actor: Actor) -> sa.ColumnElement[bool]:
    """Which entries the actor may read. What belongs to no programme is for those who may read everything."""
    scope = actor.scope(Permission.AUDIT_READ)
    if scope.everything:
        return sa.true()
    belongs = [
        is_one_of(_id_of(kind), scope.programmes) for kind, is_one_of in current_app.extensions["log_subjects"].items()
    ]
    return sa.or_(*belongs, _of_accounts(scope.programmes))


def _id_of(kind: str) -> sa.ColumnElement[int]:
    """The id of the subject where it is of this kind, else NULL. No engine reads a number where there is none."""
    number = sa.cast(sa.func.substr(AuditEntry.subject, len(kind) + 2), sa.Integer)
    return sa.case((AuditEntry.subject.like(f"{kind}:%"), number))


def _of_accounts(programmes: frozenset[int]) -> sa.ColumnElement[bool]:
    """What happened to accounts without a role elsewhere, and the roles that were given here to all others."""
    account = _id_of("account")
    factories = sa.select(Factory.id).where(Factory.programme_id.in_(programmes))
    here = sa.or_(RoleGrant.programme_id.in_(programmes), RoleGrant.factory_id.in_(factories))
    any_here = sa.exists().where(RoleGrant.account_id == account, here)
    any_elsewhere = sa.exists().where(RoleGrant.account_id == account, sa.not_(sa.func.coalesce(here, sa.false())))
    given_here = sa.or_(
        _said("programme").in_([str(each) for each in sorted(programmes)]),
        _said("factory").in_(sa.select(sa.cast(Factory.id, sa.String)).where(Factory.programme_id.in_(programmes))),
    )
    return sa.and_(any_here, sa.or_(sa.not_(any_elsewhere), given_here))


def _said(detail: str) -> sa.ColumnElement[str]:
    """A detail as text: other verbs may say something else than a number under the same name."""
    return sa.cast(AuditEntry.details[detail].as_string(), sa.String)
