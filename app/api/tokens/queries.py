"""Reading tokens."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, Grant
from app.access.permissions import Permission
from app.accounts.models import Account
from app.api.sent import seen
from app.api.tokens.models import ApiToken
from app.api.tokens.rules import TOLD_BEFORE, Narrowing
from app.factories.models import Factory, Programme
from app.factories.queries import visible_factories
from app.platform.clock import now
from app.platform.db import db, run
from app.platform.i18n.texts import text

_BY_KEY = (
    sa.select(
        ApiToken.id, ApiToken.account_id, ApiToken.secret_hash, ApiToken.scopes, ApiToken.programme_id,
        ApiToken.factories, ApiToken.expires_at, ApiToken.used_at, Account.name, Account.language,
    )
    .join(Account, Account.id == ApiToken.account_id)
    .where(ApiToken.key == sa.bindparam("key"), ApiToken.ended_at.is_(None), Account.disabled_at.is_(None))
)  # fmt: skip


MOST_LISTED = 200


@dataclass(frozen=True)
class Listed:
    """A token in a list. `owner` is a name where it is somebody else's."""

    token: ApiToken
    owner: str
    programme: str | None
    factories: Sequence[str]
    """Names."""

    @property
    def is_live(self) -> bool:
        return self.token.ended_at is None and self.token.expires_at > now()

    @property
    def ends_soon(self) -> bool:
        """Whether its owner is told so."""
        return self.is_live and self.token.expires_at - max(TOLD_BEFORE) <= now()

    @property
    def last_day(self) -> date:
        """On which it works."""
        return last_day(self.token)


def last_day(token: ApiToken) -> date:
    """On which a token works."""
    return token.expires_at.date() - timedelta(days=1)


def by_key(key: str) -> sa.Row[Any] | None:
    """A token that was not ended, of an account that is not disabled. One statement."""
    return run(_BY_KEY, {"key": key}).first()


def programmes_of(grants: Sequence[Grant], to: Narrowing) -> dict[int, int]:
    """Factory -> its programme, of all factories that the grants or the narrowing name. One statement."""
    named = {grant.factory_id for grant in grants if grant.factory_id is not None}.union(to.factories)
    rows = db.session.execute(sa.select(Factory.id, Factory.programme_id).where(Factory.id.in_(named)))
    return {row.id: row.programme_id for row in rows}


def listed(actor: Actor) -> list[Listed]:
    """Tokens that the actor may end, the own first, then the latest made. Two statements."""
    rows = db.session.execute(
        sa.select(ApiToken, Account.name, Programme.name)
        .join(Account, Account.id == ApiToken.account_id)
        .outerjoin(Programme, Programme.id == ApiToken.programme_id)
        .where(seen(ApiToken, actor))
        .order_by(ApiToken.account_id != (actor.account_id or 0), ApiToken.id.desc())
        .limit(MOST_LISTED)
    ).all()
    names = _factory_names({each for row in rows for each in row[0].factories})
    return [
        Listed(token, "" if token.account_id == actor.account_id else owner, text(programme) if programme else None,
               [names[each] for each in token.factories if each in names])
        for token, owner, programme in rows
    ]  # fmt: skip


def _factory_names(ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(sa.select(Factory.id, Factory.name).where(Factory.id.in_(ids)).order_by(Factory.name))
    return {row.id: row.name for row in rows}


def programmes(actor: Actor) -> list[tuple[int, str]]:
    """Programmes to which the actor may narrow a token: id and name. Nobody of one factory has any."""
    scope = actor.scope(Permission.FACTORIES_READ)
    statement = sa.select(Programme.id, Programme.name).order_by(Programme.code)
    if not scope.everything:
        statement = statement.where(Programme.id.in_(scope.programmes))
    return [(row.id, text(row.name)) for row in db.session.execute(statement)]


def factories_by_code(actor: Actor, codes: Collection[str]) -> dict[str, Factory]:
    """The factories with these codes that the actor sees."""
    statement = visible_factories(actor, Permission.FACTORIES_READ).where(Factory.code.in_(codes))
    return {factory.code: factory for factory in db.session.scalars(statement.order_by(Factory.id))}


def count_live(account_id: int) -> int:
    """How many tokens of an account work now."""
    live = sa.and_(ApiToken.account_id == account_id, ApiToken.ended_at.is_(None), ApiToken.expires_at > now())
    return db.session.scalar(sa.select(sa.func.count()).select_from(ApiToken).where(live)) or 0


def ending() -> list[ApiToken]:
    """Those that end soon, of accounts that are not disabled."""
    statement = sa.select(ApiToken).join(Account, Account.id == ApiToken.account_id)
    soon = ApiToken.expires_at.between(now(), now() + max(TOLD_BEFORE))
    is_live = sa.and_(ApiToken.ended_at.is_(None), Account.disabled_at.is_(None), soon)
    return list(db.session.scalars(statement.where(is_live).order_by(ApiToken.id)))
