"""Who a program is: the owner of its token, and less. The one place where a token becomes an actor."""

import hmac
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.accounts.queries import grants_of
from app.api.tokens import queries
from app.api.tokens.models import ApiToken
from app.api.tokens.operations import digest
from app.api.tokens.rules import Narrowing, TokenScope, narrowed, parts_of, permissions_of
from app.platform.clock import now
from app.platform.db import db, in_own_transaction

_NOTED_EVERY = timedelta(hours=1)
_PATIENCE = 250  # milliseconds
_BEARER = "bearer"


@dataclass(frozen=True)
class Entered:
    """A live token. `actor` is its owner, with the roles that she holds now, cut to what the token may."""

    token_id: int
    actor: Actor
    scopes: frozenset[TokenScope]


def actor_of(key: str, secret: str) -> Entered | None:
    """Whoever comes with this key and secret; None for a token that is forged, over, ended, or of a disabled account.

    Two statements, three for a token that is narrowed.
    """
    row = queries.by_key(key)
    is_right = hmac.compare_digest(digest(secret), row.secret_hash if row else "")
    if row is None or not is_right or row.expires_at <= now():
        return None
    if row.used_at is None or now() - row.used_at >= _NOTED_EVERY:
        _note_used(row.id)
    # What is not known any more, after a move to an older edition, allows nothing.
    scopes = frozenset(scope for scope in TokenScope if scope.value in row.scopes)
    to = Narrowing(row.programme_id, tuple(row.factories))
    actor = _cut(row, row.account_id, to, scopes, Permission.TOKENS_MANAGE)
    return Entered(row.id, actor, scopes)


def acting_for(account_id: int, to: Narrowing, scopes: Collection[TokenScope]) -> Actor | None:
    """An account, with the roles that it holds now, cut likewise, for its webhooks; None for a disabled one."""
    account = db.session.get(Account, account_id)
    if account is None or account.disabled_at is not None:
        return None
    return _cut(account, account.id, to, scopes, Permission.WEBHOOKS_MANAGE)


def _cut(owner: Any, account_id: int, to: Narrowing, scopes: Collection[TokenScope], right: Permission) -> Actor:
    """Whoever may have no programs any more keeps none: they could read at once what people read page by page."""
    grants = grants_of(account_id)
    if not Actor(grants=grants).may(right):
        grants = ()
    elif to:
        grants = narrowed(grants, to, queries.programmes_of(grants, to))
    only = permissions_of(scopes)
    return Actor(name=owner.name, account_id=account_id, grants=grants, language=owner.language, only=only)


def bearer(header: str | None) -> Entered | None:
    """Whoever comes with this `Authorization` header; None for every other one."""
    kind, _space, text = (header or "").partition(" ")
    parts = parts_of(text.strip()) if kind.lower() == _BEARER else None
    return actor_of(*parts) if parts else None


def _note_used(token_id: int) -> None:
    statement = sa.update(ApiToken).where(ApiToken.id == token_id).values(used_at=now())
    with suppress(OperationalError):  # a long writer must not keep anybody from reading; the next request notes it
        in_own_transaction(lambda session: session.execute(statement), patience=_PATIENCE)
