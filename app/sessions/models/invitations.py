"""Entries in calendars."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.platform.db import Base
from app.sessions.models.trainings import Meeting
from app.sessions.rules import Participation


class Invitation(Base):
    """One entry in one recipient's calendar: a meeting and an address, with a UID that never changes."""

    __tablename__ = "invitation"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    address: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    zone: Mapped[str | None]
    """Where the recipient lives; None where nobody knows. The mail also tells the time there."""
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int]
    told: Mapped[dict[str, Any]]
    """What the recipient was last told: title, times, place, link, modality. Empty after a cancellation."""
    was: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    """What the recipient had been told when the entry was cancelled, but for the link: a feed shows it as cancelled for
    a while."""
    stamped_at: Mapped[datetime | None]
    """The DTSTAMP of the last mail; each is later than the one before."""
    participation: Mapped[Participation] = mapped_column(server_default=Participation.NEEDS_ACTION.value)
    replied_at: Mapped[datetime | None]
    reply_sequence: Mapped[int | None]
    """SEQUENCE of the reply that counts and the moment it was given (DTSTAMP): an older one changes nothing."""
    reply_stamp: Mapped[datetime | None]
    reply_note: Mapped[str | None]
    proposal: Mapped[dict[str, Any] | None]
    """Another time that the recipient proposed (COUNTER), until somebody has looked at it."""

    meeting: Mapped[Meeting] = relationship()

    __table_args__ = (sa.UniqueConstraint("meeting_id", "address"),)
