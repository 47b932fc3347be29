"""Mails, as far as the actor may see them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.platform.refusal import NotFound
from app.sessions.models import TrainingSession


@dataclass(frozen=True)
class MailFilter:
    """What the address of the outbox asks for; empty means all."""

    state: MailState | None = None
    about: str = ""


_COLUMNS: tuple[Any, ...] = (
    MailMessage.id, MailMessage.recipient, MailMessage.subject, MailMessage.kind, MailMessage.about, MailMessage.state,
    MailMessage.reply, MailMessage.server, MailMessage.created_at, MailMessage.sent_at,
)


def visible(actor: Actor) -> sa.ColumnElement[bool]:
    """Trainers and programme staff see the mails about training sessions of their programme."""
    scope = actor.scope(Permission.MAIL_READ)
    if scope.everything:
        return sa.true()
    subject = sa.literal("training:") + sa.cast(TrainingSession.id, sa.String)
    own = sa.select(subject).where(TrainingSession.programme_id.in_(scope.programmes))
    return MailMessage.about.in_(own)


def mails(actor: Actor, wanted: MailFilter) -> sa.Select[Any]:
    """Rows of the outbox, latest first, without the mails themselves."""
    statement: sa.Select[Any] = sa.select(*_COLUMNS).where(visible(actor)).order_by(MailMessage.id.desc())
    if wanted.state:
        statement = statement.where(MailMessage.state == wanted.state)
    return statement.where(MailMessage.about == wanted.about) if wanted.about else statement


def mail(actor: Actor, mail_id: int) -> MailMessage:
    """One mail. Raises NotFound."""
    found = db.session.scalar(sa.select(MailMessage).where(MailMessage.id == mail_id, visible(actor)))
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Delivery:
    """How the mails about one thing fare; `troubled` are the latest that wait, were refused or came back."""

    counts: Counter[MailState]
    troubled: list[Any]


def delivery(actor: Actor, about: str) -> Delivery:
    """Counts by state, and what went wrong."""
    counted = sa.select(MailMessage.state, sa.func.count()).where(MailMessage.about == about, visible(actor))
    rows = db.session.execute(counted.group_by(MailMessage.state))
    wrong = MailMessage.state.in_([MailState.DELAYED, MailState.REFUSED, MailState.BOUNCED])
    troubled = db.session.execute(mails(actor, MailFilter(about=about)).where(wrong).limit(50))
    return Delivery(Counter({row[0]: row[1] for row in rows}), list(troubled))
