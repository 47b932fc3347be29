"""Who a token belongs to, and which accounts there are for a task."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.access.actor import Actor, Grant
from app.access.roles import Role
from app.accounts import kiosks, rules, secrets
from app.accounts.models import Account, Passkey, RoleGrant, SignIn
from app.accounts.rules import Step
from app.factories.models import Factory, Person, Programme
from app.platform.clock import now
from app.platform.db import db, in_own_transaction, run

_SEEN_EVERY = timedelta(minutes=1)
_PATIENCE = 250  # milliseconds

_BY_TOKEN = (
    sa.select(
        SignIn.id, SignIn.account_id, SignIn.person_id, SignIn.training_id, SignIn.seen_at, SignIn.expires_at,
        SignIn.ended_at, SignIn.factor_at, SignIn.is_kiosk,
        sa.func.coalesce(Account.name, sa.func.nullif(Person.local_name, ""), Person.name).label("name"),
        sa.func.coalesce(Account.language, Person.language).label("language"),
        Account.disabled_at, Account.totp_secret,
        sa.exists().where(Passkey.account_id == SignIn.account_id).label("has_passkey"),
    )
    .outerjoin(Account, Account.id == SignIn.account_id)
    .outerjoin(Person, Person.id == SignIn.person_id)
    .where(SignIn.token_hash == sa.bindparam("token_hash"))
)  # fmt: skip


def actor_of(token: str, idle_minutes: int, *, needs_factor: bool = False) -> tuple[Actor, Step | None] | None:
    """The actor of a live sign-in and what he must still do, or None. One statement for a person, two for an account.

    An actor with a step before him holds no role: this is the one place that keeps a password alone from opening
    anything. `needs_factor` is the site's policy for staff.
    """
    row = run(_BY_TOKEN, {"token_hash": secrets.hash_token(token)}).first()
    if row is None or not _is_live(row, idle_minutes) or row.disabled_at:
        return None
    _note_seen(row)
    return (_person_actor(row), None) if row.account_id is None else _account_actor(row, needs_factor=needs_factor)


def _is_live(sign_in: sa.Row[Any], idle_minutes: int) -> bool:
    if sign_in.is_kiosk and sign_in.account_id is not None:
        return False  # it opens the tablet's list of names, and nothing of the account
    idle = timedelta(minutes=idle_minutes) if sign_in.account_id else timedelta(hours=rules.PERSON_HOURS)
    if sign_in.is_kiosk:
        idle = kiosks.LOCK
    return rules.is_live(
        seen_at=sign_in.seen_at, expires_at=sign_in.expires_at, ended_at=sign_in.ended_at, idle=idle, at=now()
    )


def _note_seen(sign_in: sa.Row[Any]) -> None:
    if now() - sign_in.seen_at < (kiosks.SEEN_EVERY if sign_in.is_kiosk else _SEEN_EVERY):
        return
    statement = sa.update(SignIn).where(SignIn.id == sign_in.id).values(seen_at=now())
    with suppress(OperationalError):  # a long writer must not keep anybody from reading; the next request notes it
        in_own_transaction(lambda session: session.execute(statement), patience=_PATIENCE)


def _account_actor(sign_in: sa.Row[Any], *, needs_factor: bool) -> tuple[Actor, Step | None]:
    grants = grants_of(sign_in.account_id)
    step = rules.next_step(
        (grant.role for grant in grants),
        has_factor=sign_in.has_passkey or sign_in.totp_secret is not None,
        was_given=sign_in.factor_at is not None,
        is_required=needs_factor,
    )
    actor = Actor(
        name=sign_in.name,
        account_id=sign_in.account_id,
        grants=() if step else grants,
        language=sign_in.language,
        sign_in_id=sign_in.id,
    )
    return actor, step


def _held_on(day: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        sa.or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= day),
        sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on > day),
    )


def held_now() -> sa.ColumnElement[bool]:
    """Roles that are held today. The day is that of UTC: the same moment for an account in several programmes."""
    return _held_on(now().date())


_GRANTS = (
    sa.select(
        RoleGrant.role,
        # that of a training session only says who may withdraw the role
        sa.case((RoleGrant.training_id.is_(None), RoleGrant.programme_id)),
        sa.func.coalesce(RoleGrant.factory_id, Factory.id),
        RoleGrant.training_id,
    )
    .outerjoin(Factory, Factory.group_id == RoleGrant.group_id)
    .where(
        RoleGrant.account_id == sa.bindparam("account_id"),
        # a group without factories gives nothing, and certainly not everything
        sa.or_(RoleGrant.group_id.is_(None), Factory.id.is_not(None)),
        _held_on(sa.bindparam("day", type_=sa.Date)),
    )
    .order_by(RoleGrant.id, Factory.id)
)  # fmt: skip


def grants_of(account_id: int) -> tuple[Grant, ...]:
    """The roles that an account holds today; a role in a group is one in each of its factories. One statement."""
    rows = run(_GRANTS, {"account_id": account_id, "day": now().date()})
    return tuple(Grant(*row) for row in rows)


def _person_actor(sign_in: sa.Row[Any]) -> Actor:
    return Actor(
        name=sign_in.name,
        person_id=sign_in.person_id,
        grants=(Grant(Role.PERSON),),
        language=sign_in.language,
        sign_in_id=sign_in.id,
        training_id=sign_in.training_id,
        is_kiosk=sign_in.is_kiosk,
    )


@dataclass(frozen=True)
class FocalPoint:
    """An account that speaks for a factory. `zone` is where its holder lives, else that of the factory's programme."""

    account_id: int
    email: str
    name: str
    language: str
    factory_id: int
    zone: str


def focal_points(factory_ids: Collection[int]) -> list[FocalPoint]:
    """Who speaks for these factories; an account that speaks for two is there twice."""
    return _at_factories(RoleGrant.factory_id == Factory.id, Role.FOCAL_POINT, factory_ids)


def advisors(factory_ids: Collection[int]) -> list[FocalPoint]:
    """Who was given one of these factories, or its group, to advise. Advisors of a whole programme are too many."""
    theirs = sa.or_(RoleGrant.factory_id == Factory.id, RoleGrant.group_id == Factory.group_id)
    return _at_factories(theirs, Role.ADVISOR, factory_ids)


def _at_factories(theirs: sa.ColumnElement[bool], role: Role, factory_ids: Collection[int]) -> list[FocalPoint]:
    home = sa.func.coalesce(Account.zone, Programme.zone)
    statement = (
        sa.select(Account.id, Account.email, Account.name, Account.language, Factory.id, home)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Factory, theirs)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(RoleGrant.role == role, Factory.id.in_(factory_ids), Account.disabled_at.is_(None), held_now())
        .order_by(Account.id, Factory.id)
        .distinct()
    )
    return [FocalPoint(*row) for row in db.session.execute(statement)]


def accounts_by_id(ids: Collection[int]) -> dict[int, Account]:
    """Accounts by id, disabled ones too."""
    return {account.id: account for account in db.session.scalars(sa.select(Account).where(Account.id.in_(ids)))}


def trainers(programme_id: int) -> list[Account]:
    """Who can teach in a programme, by name."""
    holds = sa.exists().where(
        RoleGrant.account_id == Account.id,
        RoleGrant.role == Role.TRAINER,
        RoleGrant.programme_id == programme_id,
        held_now(),
    )
    statement = sa.select(Account).where(holds, Account.disabled_at.is_(None)).order_by(Account.name, Account.id)
    return list(db.session.scalars(statement))
