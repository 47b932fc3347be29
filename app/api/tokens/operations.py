"""Making and ending tokens."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from secrets import token_hex

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.queries import grants_of
from app.api.sent import held, made_before
from app.api.tokens import queries
from app.api.tokens.models import ApiToken
from app.api.tokens.rules import (
    MOST_FACTORIES,
    MOST_TOKENS,
    TokenScope,
    due_reminder,
    is_too_long,
    offered,
    text_of,
)
from app.notifications.operations import tell_token_ends
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused


@dataclass(frozen=True)
class Wanted:
    """What somebody says of a token to be."""

    sent_id: str
    name: str
    scopes: Collection[TokenScope]
    last_day: date
    programme_id: int | None = None
    factories: Collection[str] = ()
    """Codes."""


@dataclass(frozen=True)
class Made:
    """A new token. `text` opens doors, is told once, and is kept nowhere; empty when the form was sent before."""

    token: ApiToken
    text: str


def create(actor: Actor, wanted: Wanted) -> Made:
    """Make a token that acts for the actor. The same form once more makes no second one, and tells nothing.

    Raises Refused with the reason, NotFound for who may not make any.
    """
    if not actor.may(Permission.TOKENS_MANAGE) or actor.account_id is None:
        raise NotFound
    if (known := made_before(ApiToken, actor.account_id, wanted.sent_id)) is not None:
        return Made(known, "")
    _refuse(actor, wanted)
    factories = _factories(actor, wanted)
    key, secret = token_hex(8), token_hex(32)
    token = ApiToken(
        sent_id=wanted.sent_id, account_id=actor.account_id, key=key, secret_hash=digest(secret), name=wanted.name,
        scopes=[scope.value for scope in TokenScope if scope in wanted.scopes], programme_id=wanted.programme_id,
        factories=factories, created_at=now(),
        expires_at=datetime.combine(wanted.last_day + timedelta(days=1), time.min, UTC),
    )  # fmt: skip
    db.session.add(token)
    db.session.flush()  # the log needs the id
    audit.record(
        actor, "tokens.create", f"account:{actor.account_id}", token=token.id, scopes=token.scopes,
        until=str(wanted.last_day), programme=wanted.programme_id, factories=factories,
    )  # fmt: skip
    return Made(token, text_of(key, secret))


def end(actor: Actor, token_id: int) -> None:
    """It opens nothing from now on. Doing it again changes nothing. Raises NotFound for tokens of others."""
    token = held(ApiToken, actor, token_id)
    if token.ended_at is None:
        token.ended_at = now()
        audit.record(actor, "tokens.end", f"account:{token.account_id}", token=token.id)


def remind() -> None:
    """By the clock: tell owners whose tokens end soon, each once. Whoever may make none any more is not told."""
    for token in queries.ending():
        before = due_reminder(token.created_at, token.expires_at, now())
        owner = Actor(account_id=token.account_id, grants=grants_of(token.account_id))
        if before is not None and owner.may(Permission.TOKENS_MANAGE):
            tell_token_ends(token.account_id, token.id, token.name, queries.last_day(token), before.days)


def digest(secret: str) -> str:
    """What is kept of a secret: it is random, so a plain digest keeps it safe in a stolen database."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _refuse(actor: Actor, wanted: Wanted) -> None:
    today = now().date()
    if not wanted.scopes or not set(wanted.scopes) <= set(offered(actor.permissions)):
        raise Refused(_("Choose what the program may read or write."))
    if wanted.last_day < today:
        raise Refused(_("This day is over. Choose a later one."))
    if is_too_long(wanted.last_day, today):
        raise Refused(_("A token works for a year at most. Choose an earlier day."))
    if queries.count_live(actor.account_id or 0) >= MOST_TOKENS:
        raise Refused(_("You have too many tokens. End one that no program needs."))
    if wanted.programme_id is not None and wanted.programme_id not in dict(queries.programmes(actor)):
        raise Refused(_("Choose a programme of the list."))


def _factories(actor: Actor, wanted: Wanted) -> list[int]:
    """Ids of the factories that are named. Refuses what the actor does not see."""
    codes = set(wanted.factories)
    if len(codes) > MOST_FACTORIES:
        raise Refused(_("Name at most 100 factories, or choose a programme."))
    found = queries.factories_by_code(actor, codes)
    inside = {
        code for code, factory in found.items() if wanted.programme_id in {None, factory.programme_id}
    }  # fmt: skip
    if missing := sorted(codes - inside):
        raise Refused(_("There is no factory %(code)s that you see here.", code=missing[0]))
    return [found[code].id for code in sorted(codes)]
