"""Queueing a mail and carrying it out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import defer

from app.platform.clock import now
from app.platform.config import Settings
from app.platform.db import db
from app.platform.faults import point
from app.platform.jobs import Done, Later, Outcome, enqueue_all
from app.platform.mail.address import in_one_line
from app.platform.mail.message import Calendar, compose
from app.platform.mail.models import MailMessage, MailState
from app.platform.mail.smtp import Delivery, Transport
from app.platform.mail.smtp import Outcome as Fate

_AT_ONCE = 200


@dataclass(frozen=True)
class Mail:
    """What is to be said to whom. `calendar` makes it an invitation."""

    recipient: str
    recipient_name: str
    subject: str
    text: str
    html: str
    language: str
    kind: str
    about: str
    calendar: Calendar | None = None
    headers: dict[str, str] = field(default_factory=dict)


def queue(mail: Mail) -> MailMessage:
    """Write the mail down and enqueue its delivery, both in the caller's transaction."""
    (number,) = queue_all([mail])
    return db.session.get_one(MailMessage, number)


def queue_all(mails: Sequence[Mail]) -> list[int]:
    """The same for many, answering their ids; the number of statements grows with every few hundred mails."""
    ids: list[int] = []
    for start in range(0, len(mails), _AT_ONCE):
        rows = [_row(mail) for mail in mails[start : start + _AT_ONCE]]
        db.session.execute(sa.insert(MailMessage), rows)
        # with RETURNING, SQLite would take one row at a time
        known = MailMessage.message_id.in_([row["message_id"] for row in rows])
        ids += db.session.scalars(sa.select(MailMessage.id).where(known).order_by(MailMessage.id))
    enqueue_all("mail.deliver", [{"message_id": number} for number in ids])
    point("mail.queued")
    return ids


def _row(mail: Mail) -> dict[str, Any]:
    settings: Settings = current_app.extensions["settings"]
    message_id = f"<{token_hex(16)}@{settings.mail_sender.rpartition('@')[2]}>"
    raw = compose(
        sender=(settings.mail_sender_name, settings.mail_sender),
        recipient=(in_one_line(mail.recipient_name), mail.recipient),  # what somebody pasted must stop no mail
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        calendar=mail.calendar,
        message_id=message_id,
        language=mail.language,
        headers=mail.headers,
    )
    return {
        "recipient": mail.recipient, "subject": mail.subject, "kind": mail.kind, "about": mail.about,
        "message_id": message_id, "raw": raw, "state": MailState.QUEUED, "created_at": now(),
    }


def deliver(message_id: int) -> Outcome:
    """Hand a queued mail to the mail server. A mail that was already sent is left alone."""
    message = db.session.get_one(MailMessage, message_id)
    if message.state in {MailState.SENT, MailState.REFUSED, MailState.BOUNCED}:
        return Done()
    settings: Settings = current_app.extensions["settings"]
    transport: Transport = current_app.extensions["mail_transport"]
    point("mail.before_send")
    delivery = transport.send(message.raw, settings.mail_sender, message.recipient)
    point("mail.after_send")
    write = partial(_note, message_id, delivery)
    return Later(delivery.reply, write) if delivery.outcome == Fate.DEFERRED else Done(write)


_STATES = {Fate.SENT: MailState.SENT, Fate.REFUSED: MailState.REFUSED, Fate.DEFERRED: MailState.DELAYED}


def _note(message_id: int, delivery: Delivery) -> None:
    message = db.session.get_one(MailMessage, message_id)
    message.state = _STATES[delivery.outcome]
    message.reply = f"{delivery.code or ''} {delivery.reply}".strip()
    message.server = delivery.server
    message.sent_at = now() if message.state == MailState.SENT else None
    if message.state in {MailState.SENT, MailState.REFUSED} and is_secret(message.kind):
        message.raw = message.raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def sent_as(message_id: str, recipient: str) -> MailMessage | None:
    """The mail with this Message-ID; where none is named, the last one that was sent to the recipient."""
    of = MailMessage.message_id == message_id if message_id else MailMessage.recipient == recipient
    went = MailMessage.state.in_([MailState.SENT, MailState.BOUNCED])
    statement = sa.select(MailMessage).where(of, went).order_by(MailMessage.id.desc()).limit(1)
    return db.session.scalar(statement.options(defer(MailMessage.raw)).with_for_update())


def note_bounce(message: MailMessage, status: str) -> None:
    """It was sent and came back; `status` is the code of RFC 3463, or nothing."""
    message.state, message.reply = MailState.BOUNCED, status or None


def is_secret(kind: str) -> bool:
    """Whether mails of this kind hold secrets: their text is dropped once they are sent, and shown to nobody."""
    kinds: tuple[str, ...] = current_app.extensions["secret_mails"]
    return kind.startswith(kinds)
