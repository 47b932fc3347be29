"""Beginning and ending sign-ins."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import rules, secrets
from app.accounts.changing import changed_rows
from app.accounts.models import Account, SignIn
from app.accounts.refusals import note_refused
from app.platform import audit
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused


def sign_in_account(email: str, password: str, device: str) -> str:
    """Begin a sign-in and answer its token. Raises Refused, in the same words and time, for any wrong pair."""
    account = db.session.scalar(sa.select(Account).where(Account.email == rules.normal_email(email)))
    right = secrets.password_matches(password, account.password_hash if account else None)
    if account is None or not right or account.disabled_at is not None:
        note_refused("password", account=account.id if account else None)
        raise Refused(_("The address or the password is not right."))
    return begin(device, hours=settings().sign_in_hours, account_id=account.id)


def end(sign_in_id: int) -> None:
    """End a sign-in on every process at once. Ending it again changes nothing."""
    db.session.execute(
        sa.update(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None)).values(ended_at=now())
    )


def end_all(account_id: int, *, but: int | None = None) -> int:
    """End every sign-in of an account - all but one, if that is told - and answer how many there were."""
    statement = sa.update(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if but is not None:
        statement = statement.where(SignIn.id != but)
    return changed_rows(statement.values(ended_at=now()))


def end_own(actor: Actor, sign_in_id: int) -> None:
    """End one of the actor's own sign-ins. Raises NotFound for anybody else's."""
    own = sa.select(SignIn.id).where(SignIn.id == sign_in_id, SignIn.account_id == actor.account_id)
    if actor.account_id is None or db.session.scalar(own) is None:
        raise NotFound
    end(sign_in_id)
    audit.record(actor, "accounts.end_sign_in", f"account:{actor.account_id}", sign_in=sign_in_id)


def end_everywhere(actor: Actor) -> None:
    """End all sign-ins of the actor, this one too."""
    if actor.account_id is None:
        raise NotFound
    ended = end_all(actor.account_id)
    audit.record(actor, "accounts.end_sign_ins", f"account:{actor.account_id}", ended=ended)


def renew(sign_in_id: int | None, account_id: int, device: str) -> str:
    """The token of a new sign-in in which the second factor was given; the sign-in before it ends (ASVS 7.2.4).

    It ends when the former one would have ended.
    """
    before = db.session.get(SignIn, sign_in_id) if sign_in_id is not None else None
    token = begin(device, hours=settings().sign_in_hours, account_id=account_id, factor_at=now())
    if before is not None:
        end(before.id)
        db.session.flush()  # the new row must be there for its end to be set
        db.session.execute(
            sa.update(SignIn)
            .where(SignIn.token_hash == secrets.hash_token(token))
            .values(expires_at=min(before.expires_at, now() + timedelta(hours=settings().sign_in_hours)))
        )
    return token


def begin(
    device: str,
    *,
    hours: int,
    account_id: int | None = None,
    person_id: int | None = None,
    training_id: int | None = None,
    factor_at: datetime | None = None,
    is_kiosk: bool = False,
) -> str:
    """Begin a sign-in of an account or of a person that lasts so many hours at most, and answer its token."""
    token = secrets.new_token()
    begun = SignIn(
        token_hash=secrets.hash_token(token),
        account_id=account_id,
        person_id=person_id,
        training_id=training_id,
        device=device[:200],
        began_at=now(),
        seen_at=now(),
        expires_at=now() + timedelta(hours=hours),
        factor_at=factor_at,
        is_kiosk=is_kiosk,
    )
    db.session.add(begun)
    db.session.flush()  # the log needs the id: it knows the device
    actor = Actor(account_id=account_id, person_id=person_id, sign_in_id=begun.id)
    audit.record(actor, "accounts.sign_in", f"account:{account_id}" if account_id else f"person:{person_id}")
    return token
