"""What owners of tokens and webhooks must know of their programs: never a secret, nor an address that may hold one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.accounts.models import Account
from app.notifications.operations.telling import claim
from app.notifications.posting import post
from app.notifications.rules import TellingKind, Way
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import lazy

ENDS, PAUSED = lazy("The token of a program ends soon"), lazy("A program is told nothing any more")


def tell_token_ends(account_id: int, token_id: int, program: str, last_day: date, days: int) -> None:
    """One mail, once for each number of days before the end."""
    key = f"token:{token_id}:{days}"
    _tell(account_id, key, "token_ends", ENDS, "/account/tokens", {"program": program, "last_day": last_day})


def tell_webhook_paused(account_id: int, webhook_id: int, program: str, delivery_id: int) -> None:
    """One mail for the delivery on which it was given up."""
    key = f"webhook:{webhook_id}:{delivery_id}"
    _tell(account_id, key, "webhook_paused", PAUSED, f"/account/webhooks/{webhook_id}", {"program": program})


def _tell(account_id: int, key: str, template: str, subject: Any, path: str, said: Mapping[str, Any]) -> None:
    account = db.session.get_one(Account, account_id)
    if account.disabled_at is not None:
        return
    row = claim(f"{key}:account:{account.id}", TellingKind.PROGRAM, Way.MAIL, account_id=account.id)
    if row is None:
        return
    post(
        template, account, lambda: subject, kind=f"programs.{template}", about=f"account:{account.id}", claimed=[row],
        page=f"{settings().base_url}{path}", **said,
    )  # fmt: skip
