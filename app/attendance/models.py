"""Marks: an append-only log, and the current mark of each person and meeting."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.attendance.rules import Evidence, Mark
from app.platform.db import Base


class MarkEntry(Base):
    """One act of marking; never changed, never removed."""

    __tablename__ = "mark_entry"

    mark_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """128 random bits, chosen by whoever marks, so that a repeat is recognised."""
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    mark: Mapped[Mark]
    evidence: Mapped[Evidence]
    account_id: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_mark_entry_meeting_person", "meeting_id", "person_id"),)


class CurrentMark(Base):
    """What counts now for a person at a meeting."""

    __tablename__ = "current_mark"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    mark: Mapped[Mark]
    evidence: Mapped[Evidence]
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("meeting_id", "person_id"),)
