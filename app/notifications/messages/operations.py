"""Sending a message: one mail for each recipient, who never learns of the others."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts import queries as accounts
from app.notifications.messages.models import TrainingMessage
from app.notifications.messages.queries import reaches, training_to_write_to
from app.notifications.messages.rules import (
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Audience,
    Recipient,
    is_token,
    paragraphs,
    plain,
)
from app.notifications.posting import To, post
from app.platform import audit
from app.platform.clock import now
from app.platform.config import settings
from app.platform.db import db, insert
from app.platform.i18n import _, text
from app.platform.mail.address import AddressError, is_one_line, single_address
from app.platform.refusal import Refused
from app.sessions.models import TrainingSession

KIND = "sessions.message"


@dataclass(frozen=True)
class Message:
    """What somebody wrote, to whom, and the mark of the form in which it was written."""

    audience: Audience
    subject: str
    words: str
    token: str


def send_message(actor: Actor, training_id: int, message: Message) -> int:
    """Write to everybody whom the choice reaches; answers how many mails there are. Sending a form again sends nothing.

    Raises NotFound out of scope, Refused for words that no mail can carry and where nobody is reached.
    """
    training = training_to_write_to(actor, training_id)
    _refuse_unsendable(message)
    recipients = reaches(training)[message.audience].recipients
    if not recipients:
        raise Refused(_("Nobody of them can be reached by mail. Nothing was sent."))
    if not _is_new(actor, training, message, len(recipients)):
        return _sent_before(training.id, message.token)
    for recipient in recipients:
        _send(actor, training, message, recipient)
    audit.record(
        actor, "notifications.send_message", f"training:{training.id}", audience=message.audience.value,
        mails=len(recipients),
    )  # fmt: skip
    return len(recipients)


def _refuse_unsendable(message: Message) -> None:
    subject, words = message.subject.strip(), plain(message.words)
    if not subject or not is_one_line(subject) or len(subject) > LONGEST_SUBJECT:
        raise Refused(_("The subject must be one short line."))
    if not words or len(words) > LONGEST_TEXT or not is_token(message.token):
        raise Refused(_("Write a message of at most 4,000 characters."))


def _is_new(actor: Actor, training: TrainingSession, message: Message, mails: int) -> bool:
    """The unique constraint decides between two requests with the same form."""
    values = {
        "training_id": training.id, "token": message.token, "account_id": actor.account_id,
        "audience": message.audience, "mails": mails, "sent_at": now(),
    }  # fmt: skip
    statement = insert(TrainingMessage).values(values).on_conflict_do_nothing(index_elements=["training_id", "token"])
    return db.session.scalar(statement.returning(TrainingMessage.id)) is not None


def _sent_before(training_id: int, token: str) -> int:
    mails = sa.select(TrainingMessage.mails).where(
        TrainingMessage.training_id == training_id, TrainingMessage.token == token
    )
    return db.session.scalar(mails) or 0


def _send(actor: Actor, training: TrainingSession, message: Message, recipient: Recipient) -> None:
    subject = message.subject.strip()
    post(
        "message", To(recipient.address, recipient.name, recipient.language), lambda: subject, kind=KIND,
        about=f"training:{training.id}", headers=_replies_to(actor), sender=actor.name, subject=subject,
        paragraphs=paragraphs(message.words), title=text(training.version.titles, recipient.language),
        code=training.code, page=f"{settings().base_url}/sessions/{training.id}",
    )  # fmt: skip


def _replies_to(actor: Actor) -> dict[str, str]:
    """Answers go to whoever wrote; From stays the address of the system, or mail servers would call it forged."""
    account = accounts.accounts_by_id([actor.account_id]).get(actor.account_id) if actor.account_id else None
    try:
        return {"Reply-To": single_address(account.email)} if account else {}
    except AddressError:
        return {}
