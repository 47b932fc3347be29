"""One-time links: for one account, one purpose, one use."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.accounts import rules, secrets
from app.accounts.changing import changed_rows
from app.accounts.events import LinkIssued
from app.accounts.models import Account, OneTimeLink
from app.accounts.operations.own import give_password
from app.accounts.operations.sign_ins import begin, end_all
from app.accounts.refusals import note_refused
from app.accounts.rules import LinkPurpose
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _
from app.platform.jobs import enqueue
from app.platform.refusal import Refused


def ask_for_link(email: str, purpose: LinkPurpose) -> None:
    """Have a link sent to an address, if it is one of ours. The same statements run when it is not (TRAPS T39)."""
    known = sa.select(Account.id).where(Account.email == rules.normal_email(email), Account.disabled_at.is_(None))
    enqueue("accounts.issue_link", account_id=db.session.scalar(known) or 0, purpose=purpose.value)


def issue_link(account_id: int, purpose: LinkPurpose) -> None:
    """Make a link and have it sent; an earlier one for the same purpose is worth nothing any more."""
    db.session.execute(sa.select(Account.id).where(Account.id == account_id).with_for_update())  # one link at a time
    void_links(account_id, purpose)
    token = secrets.new_token()
    link = OneTimeLink(
        account_id=account_id,
        purpose=purpose,
        token_hash=secrets.hash_token(token),
        created_at=now(),
        expires_at=now() + rules.LINK_LASTS[purpose],
    )
    db.session.add(link)
    db.session.flush()  # whoever words the mail needs the id
    publish(LinkIssued(link.id, token))


def void_links(account_id: int, *purposes: LinkPurpose) -> None:
    """The links of an account for these purposes, or for all, are worth nothing any more."""
    void = sa.update(OneTimeLink).where(
        OneTimeLink.account_id == account_id,
        OneTimeLink.purpose.in_(purposes or LinkPurpose),
        OneTimeLink.used_at.is_(None),
    )
    db.session.execute(void.values(used_at=now()))


def account_of_link(token: str, purpose: LinkPurpose) -> Account | None:
    """Whose live link this is, without using it up."""
    statement = sa.select(Account).join(OneTimeLink, OneTimeLink.account_id == Account.id)
    return db.session.scalar(statement.where(*_live(token, purpose), Account.disabled_at.is_(None)))


def is_live_link(session: Session, token: str, purpose: LinkPurpose) -> bool:
    """Whether a link would open its door now; what does not is noted in the log, without the token."""
    statement = sa.select(OneTimeLink, Account.disabled_at).join(Account, Account.id == OneTimeLink.account_id)
    row = session.execute(statement.where(OneTimeLink.token_hash == secrets.hash_token(token))).first()
    if row is None:
        note_refused("link", why="unknown" if token else "none")
        return False
    why = _why_dead(row.OneTimeLink, purpose) or ("closed" if row.disabled_at else "")
    if why:
        note_refused("link", account=row.OneTimeLink.account_id, why=why)
    return not why


def _why_dead(link: OneTimeLink, purpose: LinkPurpose) -> str:
    if link.purpose is not purpose:
        return f"{link.purpose} for {purpose}"
    if link.used_at is not None:
        return "used"
    return "expired" if link.expires_at <= now() else ""


def _live(token: str, purpose: LinkPurpose) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        OneTimeLink.token_hash == secrets.hash_token(token),
        OneTimeLink.purpose == purpose,
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > now(),
    )


def _use(token: str, purpose: LinkPurpose) -> Account:
    account = account_of_link(token, purpose)
    used = sa.update(OneTimeLink).where(*_live(token, purpose)).values(used_at=now())
    if account is None or not changed_rows(used):
        raise Refused(_("This link does not work any more."))
    return account


def sign_in_by_link(token: str, device: str) -> str:
    """Begin a sign-in with a link; a second factor is still asked for. Raises Refused for a link that is not live."""
    account = _use(token, LinkPurpose.SIGN_IN)
    return begin(device, hours=settings().sign_in_hours, account_id=account.id)


def reset_password(token: str, password: str) -> None:
    """A new password by link; every sign-in ends, a second factor stays. Raises Refused; a weak one keeps the link."""
    _give_password(token, LinkPurpose.PASSWORD_RESET, password)


def accept_invitation(token: str, name: str, password: str, device: str) -> str:
    """The first password of an account, its own spelling of the name, and the first sign-in. Raises Refused."""
    account = _give_password(token, LinkPurpose.INVITATION, password)
    account.name = name
    return begin(device, hours=settings().sign_in_hours, account_id=account.id)


def _give_password(token: str, purpose: LinkPurpose, password: str) -> Account:
    account = _use(token, purpose)  # a refusal undoes it
    give_password(account, password)
    end_all(account.id)
    audit.record(Actor(account_id=account.id), f"accounts.{purpose.value}", f"account:{account.id}")
    return account
