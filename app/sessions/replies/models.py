"""Everything that came in by mail."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.platform.db import Base
from app.sessions.models import Invitation
from app.sessions.replies.rules import Outcome, Reason


class IncomingMail(Base):
    """One mail and what it meant. The same bytes are one row, however often they arrive.

    `raw` and what names people are let go after a time; that something came, and what became of it, stays.
    """

    __tablename__ = "incoming_mail"

    digest: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the bytes."""
    received_at: Mapped[datetime]
    sender: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    raw: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """Empty for a mail that was too large to keep, and once it was let go."""
    outcome: Mapped[Outcome]
    reason: Mapped[Reason | None]
    method: Mapped[str | None]
    partstat: Mapped[str | None]
    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitation.id"), index=True)
    """The entry whose UID it names, or which bounced, also when it changed nothing."""
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    """Whose staff looks at it; None when only the whole site can."""
    show_to_person: Mapped[bool]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[int | None]

    invitation: Mapped[Invitation | None] = relationship()


class MailboxVisit(Base):
    """When the mailbox was last read, and what then went wrong; one row at most."""

    __tablename__ = "mailbox_visit"

    mailbox: Mapped[str] = mapped_column(unique=True)
    visited_at: Mapped[datetime]
    fault: Mapped[str | None]
