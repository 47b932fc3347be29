"""Beginning and ending sign-ins."""

from datetime import timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import rules, secrets
from app.accounts.models import Account, SignIn
from app.accounts.site import settings
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused


def sign_in_account(email: str, password: str, device: str) -> str:
    """Begin a sign-in and answer its token. Raises Refused, in the same words and time, for any wrong pair."""
    account = db.session.scalar(sa.select(Account).where(Account.email == rules.normal_email(email)))
    right = secrets.password_matches(password, account.password_hash if account else None)
    if account is None or not right or account.disabled_at is not None:
        raise Refused(_("The address or the password is not right."))
    return _begin(device, hours=settings().sign_in_hours, account_id=account.id)


def end(sign_in_id: int) -> None:
    """End a sign-in on every process at once. Ending it again changes nothing."""
    db.session.execute(
        sa.update(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None)).values(ended_at=now())
    )


def _begin(
    device: str,
    *,
    hours: int,
    account_id: int | None = None,
    person_id: int | None = None,
    training_id: int | None = None,
) -> str:
    token = secrets.new_token()
    db.session.add(
        SignIn(
            token_hash=secrets.hash_token(token),
            account_id=account_id,
            person_id=person_id,
            training_id=training_id,
            device=device[:200],
            began_at=now(),
            seen_at=now(),
            expires_at=now() + timedelta(hours=hours),
        )
    )
    actor = Actor(account_id=account_id, person_id=person_id)
    audit.record(actor, "accounts.sign_in", f"account:{account_id}" if account_id else f"person:{person_id}")
    return token
