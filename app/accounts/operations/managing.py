"""What managers do with the accounts of others."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import policy, secrets
from app.accounts.models import Account, Passkey, RecoveryCode
from app.accounts.operations.links import issue_link, void_links
from app.accounts.operations.sign_ins import end_all
from app.accounts.rules import LinkPurpose
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused


def account_in_scope(actor: Actor, account_id: int, *, wholly: bool = False) -> Account:
    """An account with a role in the actor's scope - and, `wholly`, with none elsewhere. Raises NotFound."""
    scope = policy.accounts_wholly_in_scope(actor) if wholly else policy.accounts_in_scope(actor)
    found = db.session.scalar(sa.select(Account).where(Account.id == account_id, scope))
    if found is None:
        raise NotFound
    return found


def disable(actor: Actor, account_id: int) -> None:
    """Close an account: its sign-ins end at once, everywhere."""
    account = account_in_scope(actor, account_id, wholly=True)
    if account.id == actor.account_id:
        raise Refused(_("You cannot disable your own account."))
    account.disabled_at = account.disabled_at or now()
    end_all(account.id)
    void_links(account.id)
    audit.record(actor, "accounts.disable", f"account:{account.id}")


def enable(actor: Actor, account_id: int) -> None:
    """Open a closed account again."""
    account = account_in_scope(actor, account_id, wholly=True)
    account.disabled_at = None
    audit.record(actor, "accounts.enable", f"account:{account.id}")


def resend_invitation(actor: Actor, account_id: int) -> None:
    """Send a fresh invitation; the former link is worth nothing. Raises Refused for who has a password already."""
    account = account_in_scope(actor, account_id)
    if account.password_hash != secrets.NO_PASSWORD or account.disabled_at is not None:
        raise Refused(_("This account has chosen its password already."))
    issue_link(account.id, LinkPurpose.INVITATION)
    audit.record(actor, "accounts.resend_invitation", f"account:{account.id}")


def reset_factors(actor: Actor, account_id: int) -> None:
    """Forget the second factors of somebody who has lost them; the sign-ins end, and a new one must be set up."""
    account = account_in_scope(actor, account_id, wholly=True)
    if account.id == actor.account_id:
        raise Refused(_("Change your own second factor on the page of your account."))
    account.totp_secret = account.totp_step = None
    for table in (Passkey, RecoveryCode):
        db.session.execute(sa.delete(table).where(table.account_id == account.id))
    end_all(account.id)
    audit.record(actor, "accounts.reset_factors", f"account:{account.id}")
