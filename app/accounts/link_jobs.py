"""Sending the links that people ask for. Nobody waits, so time does not tell which addresses are known."""

from functools import partial

from app.accounts import operations
from app.accounts.models import Account
from app.accounts.rules import LinkPurpose
from app.platform.db import db
from app.platform.jobs import Done, Outcome


def issue_link(account_id: int, purpose: str) -> Outcome:
    """Send a link that somebody asked for. Number 0 stands for an address that nobody here has."""
    account = db.session.get(Account, account_id)
    if account is None or account.disabled_at is not None:
        return Done()
    return Done(partial(operations.issue_link, account_id, LinkPurpose(purpose)))
