"""The factory's timeline: append-only; a correction is an entry of its own."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.factories.rules import JobRole, Sex
from app.platform.db import Base


class EntryKind(StrEnum):
    """What happened."""

    TRAINING_CONFIRMED = "training_confirmed"
    TRAINING_CANCELLED = "training_cancelled"
    COMPLETION = "completion"
    COMPLETION_WITHDRAWN = "completion_withdrawn"
    ROSTER_IMPORTED = "roster_imported"
    ROSTER_UNDONE = "roster_undone"
    FINDINGS_IMPORTED = "findings_imported"
    FINDINGS_UNDONE = "findings_undone"


class RecordEntry(Base):
    """One entry of a factory's learning record. Line, role and sex are those at the time."""

    __tablename__ = "record_entry"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    at: Mapped[datetime]
    kind: Mapped[EntryKind]
    source: Mapped[str]
    """The fact behind the entry, as `<thing>:<id>` and, for repeats, a count: one fact makes one entry."""
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"))
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course_version.id"))
    training_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    line: Mapped[str | None]
    role: Mapped[JobRole | None]
    sex: Mapped[Sex | None]
    details: Mapped[dict[str, Any]]

    __table_args__ = (
        sa.UniqueConstraint("factory_id", "source"),
        sa.Index("ix_record_entry_factory_at", "factory_id", "at"),
    )
