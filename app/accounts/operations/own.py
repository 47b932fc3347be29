"""What people change about their own account."""

from zoneinfo import available_timezones

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.accounts import passwords, secrets
from app.accounts.models import Account, OneTimeLink, SignIn
from app.accounts.operations.sign_ins import end_all
from app.accounts.passwords import Weakness
from app.accounts.refusals import note_refused
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.languages import SITE_LANGUAGES
from app.platform.refusal import NotFound, Refused


def own_account(actor: Actor) -> Account:
    """The account of the actor. Raises NotFound for persons and for nobody."""
    found = db.session.get(Account, actor.account_id) if actor.account_id is not None else None
    if found is None:
        raise NotFound
    return found


def email_of(session: Session, account_id: int) -> str:
    """The address of an account, read in a session aside; empty for no account."""
    return session.scalar(sa.select(Account.email).where(Account.id == account_id)) or ""


def describe(actor: Actor, name: str, language: str, zone: str | None = None) -> None:
    """Change the name that others see, the language of pages and mails, and the zone whose time invitations tell too.

    None is the zone of the programme. Raises NotFound, and Refused for another language or a zone that does not exist.
    """
    account = own_account(actor)
    if language not in SITE_LANGUAGES:
        raise Refused(_("Choose one of the languages."))
    if zone is not None and zone not in available_timezones():
        raise Refused(_("Choose one of the time zones."))
    account.name, account.language, account.zone = name, language, zone
    audit.record(actor, "accounts.describe", f"account:{account.id}")


def confirm_password(actor: Actor, password: str) -> None:
    """Raises Refused when this is not the password of the actor."""
    if not secrets.password_matches(password, own_account(actor).password_hash):
        note_refused("password", account=actor.account_id)
        raise Refused(_("This password is not right."))


def change_password(actor: Actor, old: str, new: str) -> None:
    """A new password for the actor; every other sign-in ends. Raises Refused for a wrong or a weak one."""
    confirm_password(actor, old)
    account = own_account(actor)
    give_password(account, new)
    end_all(account.id, but=actor.sign_in_id)
    audit.record(actor, "accounts.change_password", f"account:{account.id}")


def give_password(account: Account, password: str) -> None:
    """Set a password; open links of the account are worth nothing any more. Raises Refused for a weak one."""
    refuse_weak(password, account.email, account.name)
    account.password_hash = secrets.hash_password(password)
    db.session.execute(
        sa.update(OneTimeLink)
        .where(OneTimeLink.account_id == account.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now())
    )


def refuse_weak(password: str, email: str, name: str) -> None:
    """Raises Refused when a password is too short, too long or easy to guess."""
    reasons = {
        Weakness.SHORT: _("A password needs at least %(count)s characters.", count=passwords.SHORTEST),
        Weakness.LONG: _("A password has at most %(count)s characters.", count=passwords.LONGEST),
        Weakness.COMMON: _("Many people use a password like this. Put a few words together as only you would."),
        Weakness.OWN_NAME: _("A password must not be your own name or address."),
    }
    if (weak := passwords.weakness(password, email, name)) is not None:
        raise Refused(reasons[weak])


def own_sign_ins(actor: Actor) -> list[SignIn]:
    """The live sign-ins of the actor, the latest first."""
    statement = (
        sa.select(SignIn)
        .where(SignIn.account_id == own_account(actor).id, SignIn.ended_at.is_(None), SignIn.expires_at > now())
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    )
    return list(db.session.scalars(statement))
