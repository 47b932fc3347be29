"""Whose accounts an actor may manage, and which roles he may give, beyond the permission."""

import sqlalchemy as sa

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.factories.models import Factory, Group


def scope(actor: Actor) -> Scope:
    """Where the actor may give roles."""
    return actor.scope(Permission.ACCOUNTS_INVITE)


def grants_in_scope(actor: Actor) -> sa.ColumnElement[bool]:
    """Grants of programmes and factories in which the actor may give roles."""
    where = scope(actor)
    if where.everything:
        return sa.true()
    factories = sa.select(Factory.id).where(Factory.programme_id.in_(where.programmes))
    return sa.or_(
        RoleGrant.programme_id.in_(where.programmes),
        RoleGrant.factory_id.in_(factories),
        RoleGrant.group_id.in_(groups_in_scope(actor).with_only_columns(Group.id)),
    )


def groups_in_scope(actor: Actor) -> sa.Select[Group]:
    """Groups that own factories, all of them in programmes in which the actor may give roles."""
    where, owns = scope(actor), Factory.group_id == Group.id
    statement = sa.select(Group).where(sa.exists().where(owns))
    if where.everything:
        return statement
    return statement.where(~sa.exists().where(owns, Factory.programme_id.not_in(where.programmes)))


def accounts_in_scope(actor: Actor) -> sa.ColumnElement[bool]:
    """Accounts with a role, now or once, where the actor may give roles."""
    if scope(actor).everything:
        return sa.true()
    return sa.exists().where(RoleGrant.account_id == Account.id, grants_in_scope(actor))


def accounts_wholly_in_scope(actor: Actor) -> sa.ColumnElement[bool]:
    """Accounts without any role elsewhere: only those may be disabled, renewed or told anything about."""
    elsewhere = sa.exists().where(RoleGrant.account_id == Account.id, sa.not_(_is_true(grants_in_scope(actor))))
    return sa.and_(accounts_in_scope(actor), sa.not_(elsewhere))


def _is_true(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The condition, false where it is unknown: a grant without a programme is not in any programme."""
    return sa.case((condition, sa.true()), else_=sa.false())


EVERYWHERE = frozenset({Role.ADMINISTRATOR})
IN_PROGRAMME = frozenset({Role.PROGRAMME_MANAGER, Role.TRAINER, Role.ADVISOR, Role.PARTNER})
IN_FACTORY = frozenset({Role.ADVISOR, Role.FOCAL_POINT, Role.FACTORY_AMBASSADOR})
IN_GROUP = frozenset({Role.GROUP_VIEWER})
IN_TRAINING = frozenset({Role.CHECK_IN_HELPER, Role.FACTORY_AMBASSADOR})
"""Given on the page of the training session, by who teaches it too."""


def roles_to_give(actor: Actor) -> list[Role]:
    """Roles that the actor may give on the pages of accounts: a manager none that reaches beyond a programme."""
    where = scope(actor)
    if not (where.everything or where.programmes):
        return []
    placed = IN_PROGRAMME | IN_FACTORY | IN_GROUP
    return [role for role in Role if role in placed or (where.everything and role in EVERYWHERE)]


def may_appoint(actor: Actor, programme_id: int | None) -> bool:
    """Whether the actor may ask helpers to training sessions of the programme."""
    return programme_id is not None and actor.scope(Permission.HELPERS_APPOINT).reaches(programme_id)
