"""Incoming mails, as far as the actor may see them."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.models import Invitation, Meeting
from app.sessions.replies.models import IncomingMail, MailboxVisit
from app.sessions.replies.rules import Reason


@dataclass(frozen=True)
class IncomingFilter:
    """What the address asks for: what somebody should look at, or everything, of one reason or of all."""

    everything: bool = False
    reason: Reason | None = None


_COLUMNS: tuple[Any, ...] = (
    IncomingMail.id, IncomingMail.received_at, IncomingMail.sender, IncomingMail.subject, IncomingMail.outcome,
    IncomingMail.reason, IncomingMail.method, IncomingMail.partstat, IncomingMail.show_to_person, IncomingMail.seen_at,
    Meeting.training_id,
)  # fmt: skip


def visible(actor: Actor) -> sa.ColumnElement[bool]:
    """Staff see what concerns their programme; what concerns none, only who looks after the whole site."""
    scope = actor.scope(Permission.MAIL_READ)
    return sa.true() if scope.everything else IncomingMail.programme_id.in_(scope.programmes)


def incoming(actor: Actor, wanted: IncomingFilter) -> sa.Select[Any]:
    """Rows of the list, latest first, without the mails themselves."""
    found = sa.select(*_COLUMNS).outerjoin(IncomingMail.invitation).outerjoin(Invitation.meeting)
    found = found.where(visible(actor)).order_by(IncomingMail.id.desc())
    if not wanted.everything:
        found = found.where(IncomingMail.show_to_person, IncomingMail.seen_at.is_(None))
    return found.where(IncomingMail.reason == wanted.reason) if wanted.reason else found


def incoming_mail(actor: Actor, mail_id: int, *, lock: bool = False) -> IncomingMail:
    """One mail. Raises NotFound."""
    mine = sa.select(IncomingMail).where(IncomingMail.id == mail_id, visible(actor))
    found = db.session.scalar(mine.with_for_update() if lock else mine)
    if found is None:
        raise NotFound
    return found


def faulty_visits(actor: Actor) -> list[MailboxVisit]:
    """Mailboxes that could not be read last time, for who looks after the whole site."""
    if not actor.scope(Permission.MAIL_READ).everything:
        return []
    return list(db.session.scalars(sa.select(MailboxVisit).where(MailboxVisit.fault.is_not(None))))
