"""The delivery log, which is also the outbox."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class MailState(StrEnum):
    """Where a mail is on its way."""

    QUEUED = "queued"
    DELAYED = "delayed"
    SENT = "sent"
    REFUSED = "refused"
    BOUNCED = "bounced"
    """The mail server took it, and it came back."""


class MailMessage(Base):
    """One mail to one recipient. `raw` is what is sent, byte for byte, at every try."""

    __tablename__ = "mail_message"

    recipient: Mapped[str]
    subject: Mapped[str]
    kind: Mapped[str]
    """What the mail is for, as `<room>.<what>`, for example `sessions.invitation`."""
    about: Mapped[str] = mapped_column(index=True)
    """What it is about, as `<thing>:<id>`, so that a page can show its mails."""
    message_id: Mapped[str] = mapped_column(unique=True)
    raw: Mapped[bytes] = mapped_column(sa.LargeBinary)
    state: Mapped[MailState]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    reply: Mapped[str | None]
    """What the mail server said last, code first."""
    server: Mapped[str | None]
    """The mail server that took or refused it."""
