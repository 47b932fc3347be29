"""Sending digests, each once, and stopping them."""

from datetime import date

from app.access.actor import Actor
from app.accounts.models import Account
from app.accounts.operations import own_account
from app.accounts.queries import grants_of
from app.notifications.choices import without_digests
from app.notifications.digests import queries
from app.notifications.digests.tokens import account_of, stop_token
from app.notifications.models import NotificationChoice
from app.notifications.operations import claim
from app.notifications.posting import post
from app.notifications.rules import TellingKind, Way
from app.platform import audit
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound


def send_digest(account_id: int, week: date) -> None:
    """The digest of an account for a week, once, and only where there is something to say."""
    account = db.session.get(Account, account_id)
    if account is None or account.disabled_at is not None or without_digests([account_id]):
        return
    parts = queries.digest(Actor(name=account.name, account_id=account.id, grants=grants_of(account.id)))
    row = claim(_key(account_id, week), TellingKind.DIGEST, Way.MAIL, account_id=account_id) if parts else None
    if row is None:
        return
    site = settings().base_url
    stop = f"{site}/unsubscribe/{stop_token(account_id)}"
    post(
        "digest", account, lambda: _("What comes and what waits"), kind="notifications.digest",
        about=f"account:{account_id}", claimed=[row], parts=parts, site=site, stop=stop,
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )  # fmt: skip


def stop_by_token(token: str) -> None:
    """Whoever holds the token wants no digests. A second time changes nothing. Raises NotFound for any other token."""
    account_id = account_of(token)
    account = db.session.get(Account, account_id) if account_id is not None else None
    if account is None:
        raise NotFound
    if not without_digests([account.id]):
        _choose(Actor(account_id=account.id), has_digests=False)


def choose(actor: Actor, *, has_digests: bool, has_reminders: bool) -> None:
    """What the own account wants to be told. Raises NotFound for persons and for nobody."""
    own_account(actor)
    _choose(actor, has_digests=has_digests, has_reminders=has_reminders)


def _choose(actor: Actor, **values: bool) -> None:
    statement = insert(NotificationChoice).values(account_id=actor.account_id, changed_at=now(), **values)
    changed = {"changed_at": now(), **values}
    db.session.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_=changed))
    audit.record(actor, "notifications.choose", f"account:{actor.account_id}", **values)


def _key(account_id: int, week: date) -> str:
    return f"digest:{week}:account:{account_id}"
