"""Marks: an append-only log, and the current mark of each person and meeting."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.attendance.rules import Evidence, Flag, Mark
from app.platform.db import Base


class MarkEntry(Base):
    """One act of marking; never changed, never removed. Its `id` is the server's own count."""

    __tablename__ = "mark_entry"

    mark_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """128 random bits, chosen by whoever marks, so that a repeat is recognised."""
    digest: Mapped[str] = mapped_column(sa.String(64), server_default="")
    """SHA-256 of what was sent: the same id with another digest is another mark. Empty where marks began."""
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    mark: Mapped[Mark]
    evidence: Mapped[Evidence]
    strength: Mapped[int] = mapped_column(server_default="0")
    """Of the evidence, as it was weighed then."""
    minutes: Mapped[int | None]
    """How long the person was there, where that is known."""
    marker: Mapped[str] = mapped_column(server_default="-")
    """The device, account or file that said it: `kit:<device>`, `account:<id>`, `person:<id>`, `report:<id>`, `-`."""
    counter: Mapped[int] = mapped_column(server_default="0")
    """The marker's own count: of two that it said about one person and meeting, the greater counts."""
    seen: Mapped[list[str]] = mapped_column(server_default="[]")
    """Ids of the marks that whoever marked had in view."""
    account_id: Mapped[int | None]
    """Whose sign-in it was; None for the person and for the system."""
    at: Mapped[datetime]
    """When the server took it down."""
    device_at: Mapped[datetime | None]
    """What the clock of the device said; shown, and never used to decide."""
    flag: Mapped[Flag | None]

    __table_args__ = (sa.Index("ix_mark_entry_meeting_person", "meeting_id", "person_id"),)


class CurrentMark(Base):
    """What counts now for a person at a meeting, as the log decides."""

    __tablename__ = "current_mark"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    mark_id: Mapped[str] = mapped_column(sa.String(32), server_default="")
    """The entry that counts."""
    mark: Mapped[Mark]
    evidence: Mapped[Evidence]
    minutes: Mapped[int | None]
    is_disputed: Mapped[bool] = mapped_column(server_default=sa.false())
    standing: Mapped[list[str]] = mapped_column(server_default="[]")
    """Ids of all entries that nothing has replaced, the one that counts first: who marks next has these in view."""
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("meeting_id", "person_id"),)


class RollCall(Base):
    """The roll call of a half-day, from when it was first closed; before that there is none."""

    __tablename__ = "roll_call"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), unique=True)
    closed_at: Mapped[datetime | None]
    """None while it is open again."""
    closed_by: Mapped[int | None]
    """The account; None when it was closed together with the training session."""
    warned_at: Mapped[datetime | None]
    """When this half-day was first looked through for those who may miss no more."""
    warned: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    """Who stood how when the roll call was last closed, of those who may miss no more: each is told of once, and again
    only when that has changed.
    """
