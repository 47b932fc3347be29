"""Who a token belongs to, and which accounts there are for a task."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.access.actor import Actor, Grant
from app.access.roles import Role
from app.accounts import rules, secrets
from app.accounts.models import Account, RoleGrant, SignIn
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db, in_own_transaction

_SEEN_EVERY = timedelta(minutes=1)
_PATIENCE = 250  # milliseconds

_BY_TOKEN = (
    sa.select(SignIn, Account, Person)
    .outerjoin(Account, Account.id == SignIn.account_id)
    .outerjoin(Person, Person.id == SignIn.person_id)
    .where(SignIn.token_hash == sa.bindparam("token_hash"))
)


def actor_of(token: str, idle_minutes: int) -> Actor | None:
    """The actor of a live sign-in, or None. Two statements."""
    row = db.session.execute(_BY_TOKEN, {"token_hash": secrets.hash_token(token)}).first()
    if row is None or not _is_live(row.SignIn, idle_minutes) or (row.Account and row.Account.disabled_at):
        return None
    _note_seen(row.SignIn)
    return _account_actor(row.SignIn, row.Account) if row.Account else _person_actor(row.SignIn, row.Person)


def _is_live(sign_in: SignIn, idle_minutes: int) -> bool:
    idle = timedelta(minutes=idle_minutes) if sign_in.account_id else timedelta(hours=rules.PERSON_HOURS)
    return rules.is_live(
        seen_at=sign_in.seen_at, expires_at=sign_in.expires_at, ended_at=sign_in.ended_at, idle=idle, at=now()
    )


def _note_seen(sign_in: SignIn) -> None:
    if now() - sign_in.seen_at < _SEEN_EVERY:
        return
    statement = sa.update(SignIn).where(SignIn.id == sign_in.id).values(seen_at=now())
    with suppress(OperationalError):  # a long writer must not keep anybody from reading; the next request notes it
        in_own_transaction(lambda session: session.execute(statement), patience=_PATIENCE)


def _account_actor(sign_in: SignIn, account: Account) -> Actor:
    grants = db.session.execute(
        sa.select(RoleGrant.role, RoleGrant.programme_id, RoleGrant.factory_id).where(
            RoleGrant.account_id == account.id
        )
    )
    return Actor(
        name=account.name,
        account_id=account.id,
        grants=tuple(Grant(*grant) for grant in grants),
        language=account.language,
        sign_in_id=sign_in.id,
    )


def _person_actor(sign_in: SignIn, person: Person) -> Actor:
    return Actor(
        name=person.local_name or person.name,
        person_id=person.id,
        grants=(Grant(Role.PERSON),),
        language=person.language,
        sign_in_id=sign_in.id,
        training_id=sign_in.training_id,
    )


@dataclass(frozen=True)
class FocalPoint:
    """An account that speaks for a factory."""

    account_id: int
    email: str
    name: str
    language: str
    factory_id: int


def focal_points(factory_ids: Collection[int]) -> list[FocalPoint]:
    """Who speaks for these factories; an account that speaks for two is there twice."""
    statement = (
        sa.select(Account.id, Account.email, Account.name, Account.language, RoleGrant.factory_id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role == Role.FOCAL_POINT, RoleGrant.factory_id.in_(factory_ids), Account.disabled_at.is_(None)
        )
        .order_by(Account.id, RoleGrant.factory_id)
        .distinct()
    )
    return [
        FocalPoint(row.id, row.email, row.name, row.language, row.factory_id)
        for row in db.session.execute(statement)
    ]


def accounts_by_id(ids: Collection[int]) -> dict[int, Account]:
    """Accounts by id, disabled ones too."""
    return {account.id: account for account in db.session.scalars(sa.select(Account).where(Account.id.in_(ids)))}


def trainers(programme_id: int) -> list[Account]:
    """Who can teach in a programme, by name."""
    holds = sa.exists().where(
        RoleGrant.account_id == Account.id, RoleGrant.role == Role.TRAINER, RoleGrant.programme_id == programme_id
    )
    statement = sa.select(Account).where(holds, Account.disabled_at.is_(None)).order_by(Account.name, Account.id)
    return list(db.session.scalars(statement))
