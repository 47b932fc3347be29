"""Accounts as whoever manages them sees them: with the roles in his own scope, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.roles import Role
from app.accounts import policy, secrets
from app.accounts.models import Account, Passkey, RoleGrant, SignIn
from app.accounts.queries import held_now
from app.factories.models import Factory, Group, Programme
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _, text
from app.platform.refusal import NotFound
from app.platform.web.paging import Slice, paginate


@dataclass(frozen=True)
class AccountFilter:
    """What the address asks for; empty means all. `state` is invited, open or closed."""

    words: str = ""
    role: Role | None = None
    state: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.words or self.role or self.state)


@dataclass(frozen=True)
class GrantRow:
    """A role, its place and days; `place` is empty for everywhere."""

    grant_id: int
    role: Role
    place: str
    starts_on: date | None
    ends_on: date | None
    is_over: bool


@dataclass(frozen=True)
class AccountRow:
    """One account with the roles that the reader may know of.

    `is_whole` says that there are no others. With others elsewhere it is shown by its address alone.
    """

    account_id: int
    name: str
    email: str
    language: str
    state: str
    """Empty where the reader may not know."""
    has_factor: bool
    seen_at: datetime | None
    is_whole: bool
    grants: Sequence[GrantRow]


_STATE: sa.ColumnElement[str] = sa.case(
    (Account.disabled_at.is_not(None), "closed"),
    (Account.password_hash == secrets.NO_PASSWORD, "invited"),
    else_="open",
)
_HAS_FACTOR = sa.or_(
    Account.totp_secret.is_not(None), sa.exists().where(Passkey.account_id == Account.id).correlate(Account)
)
_SEEN_AT = (
    sa.select(sa.func.max(SignIn.seen_at)).where(SignIn.account_id == Account.id).correlate(Account).scalar_subquery()
)


def _rows(actor: Actor) -> sa.Subquery:
    """Accounts in the actor's scope with what he may know of them."""
    whole = policy.accounts_wholly_in_scope(actor)
    return (
        sa.select(
            Account.id.label("account_id"),
            sa.case((whole, Account.name), else_=Account.email).label("name"),
            Account.email,
            Account.language,
            sa.case((whole, _STATE), else_="").label("state"),
            sa.case((whole, _HAS_FACTOR), else_=sa.false()).label("has_factor"),
            sa.case((whole, _SEEN_AT), else_=sa.null()).label("seen_at"),
            sa.case((whole, sa.true()), else_=sa.false()).label("is_whole"),
        )
        .where(policy.accounts_in_scope(actor))
        .subquery()
    )


def accounts(actor: Actor, chosen: AccountFilter, page: int) -> Slice[AccountRow]:
    """Accounts in scope, by name. Two statements, whatever the length."""
    rows = _rows(actor).c
    statement: sa.Select[Any] = sa.select(*rows)
    if chosen.words:
        like = f"%{_escaped(chosen.words.casefold())}%"
        columns = (rows.email, rows.name)
        statement = statement.where(sa.or_(*(sa.func.lower(column).like(like, escape="\\") for column in columns)))
    if chosen.role:
        own = RoleGrant.account_id == rows.account_id
        held = sa.exists().where(own, RoleGrant.role == chosen.role, held_now(), policy.grants_in_scope(actor))
        statement = statement.where(held)
    if chosen.state:
        statement = statement.where(rows.state == chosen.state)
    found = paginate(statement.order_by(rows.name, rows.account_id), page)
    grants = _grants(actor, [row.account_id for row in found.rows])
    shown = [AccountRow(**row._mapping, grants=grants.get(row.account_id, [])) for row in found.rows]
    return Slice(shown, found.number, found.has_more)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def one_account(actor: Actor, account_id: int) -> AccountRow:
    """One account in scope. Raises NotFound."""
    rows = _rows(actor).c
    row = db.session.execute(sa.select(*rows).where(rows.account_id == account_id)).first()
    if row is None:
        raise NotFound
    return AccountRow(**row._mapping, grants=_grants(actor, [account_id]).get(account_id, []))


def _grants(actor: Actor, account_ids: Sequence[int]) -> dict[int, list[GrantRow]]:
    today = now().date()
    rows = db.session.execute(
        sa.select(RoleGrant, Programme.name, Factory.name, Group.name)
        .outerjoin(Programme, Programme.id == RoleGrant.programme_id)
        .outerjoin(Factory, Factory.id == RoleGrant.factory_id)
        .outerjoin(Group, Group.id == RoleGrant.group_id)
        .where(RoleGrant.account_id.in_(account_ids), policy.grants_in_scope(actor))
        .order_by(RoleGrant.id)
    )
    found: dict[int, list[GrantRow]] = {}
    for grant, programme, factory, group in rows:
        place = factory or group or (text(programme) if programme else "")
        if grant.training_id is not None:
            place = str(_("one training session of %(programme)s", programme=place))
        is_over = grant.ends_on is not None and grant.ends_on <= today
        row = GrantRow(grant.id, grant.role, place, grant.starts_on, grant.ends_on, is_over)
        found.setdefault(grant.account_id, []).append(row)
    return found


def places(actor: Actor) -> list[tuple[str, str]]:
    """Where the actor may give roles, as the form offers it."""
    scope = policy.scope(actor)
    programmes = sa.select(Programme).order_by(Programme.code)
    factories = sa.select(Factory.id, Factory.name, Factory.code).order_by(Factory.name, Factory.id)
    if not scope.everything:
        programmes = programmes.where(Programme.id.in_(scope.programmes))
        factories = factories.where(Factory.programme_id.in_(scope.programmes))
    groups = db.session.scalars(policy.groups_in_scope(actor).order_by(Group.name, Group.id))
    everywhere = [("", str(_("Everywhere")))] if scope.everything else []
    own = [(f"programme:{each.id}", text(each.name)) for each in db.session.scalars(programmes)]
    theirs = [(f"factory:{each.id}", f"{each.name} ({each.code})") for each in db.session.execute(factories)]
    owners = [(f"group:{each.id}", str(_("%(group)s (group)", group=each.name))) for each in groups]
    return [*everywhere, *own, *owners, *theirs]
