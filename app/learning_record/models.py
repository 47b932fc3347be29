"""The factory's timeline: append-only; a correction is an entry of its own."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Factory
from app.factories.rules import ImportState, JobRole, Sex
from app.learning_record.kinds import EntryKind
from app.learning_record.rules import EvidenceLevel
from app.platform.db import Base

__all__ = ["EarlierImport", "EarlierTraining", "EntryKind", "RecordEntry", "RecordParticipant"]


class RecordEntry(Base):
    """One entry of a factory's learning record. Line, role and sex are those at the time.

    Triggers refuse to change or remove it. What is wrong is corrected by another entry that names this one.
    """

    __tablename__ = "record_entry"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    at: Mapped[datetime]
    """When it happened, or from when on it holds."""
    noted_at: Mapped[datetime | None]
    """When it was written down; None of the first entries there were."""
    kind: Mapped[EntryKind]
    source: Mapped[str]
    """The fact behind the entry, as `<thing>:<id>` and, for repeats, a count: one fact makes one entry."""
    corrects: Mapped[str | None]
    """The source of the entry, of this factory, that no longer counts since this one."""
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"))
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course_version.id"))
    training_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    line: Mapped[str | None]
    role: Mapped[JobRole | None]
    sex: Mapped[Sex | None]
    level: Mapped[EvidenceLevel | None]
    """How well it is known who was taught; None where nothing was taught."""
    people: Mapped[int | None]
    """How many it is about, where it is not about one person. Those who took part and are known by name stand in
    `record_participant`."""
    women: Mapped[int | None]
    """How many of them are women; None where nobody said."""
    was_imported: Mapped[bool] = mapped_column(server_default=sa.false())
    """It happened before this record was kept, and was taken over from a list."""
    details: Mapped[dict[str, Any]]
    """What else belongs to the kind: ids, numbers and codes, never a name."""

    __table_args__ = (
        sa.UniqueConstraint("factory_id", "source"),
        sa.Index("ix_record_entry_factory_at", "factory_id", "at"),
        sa.Index(
            "ix_record_entry_corrects", "factory_id", "corrects",
            sqlite_where=sa.text("corrects IS NOT NULL"), postgresql_where=sa.text("corrects IS NOT NULL"),
        ),
    )


class RecordParticipant(Base):
    """Somebody took part in what an entry tells, as the person was then. Append-only, as the entry is."""

    __tablename__ = "record_participant"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("record_entry.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    line: Mapped[str | None]
    role: Mapped[JobRole | None]
    sex: Mapped[Sex | None]

    __table_args__ = (sa.UniqueConstraint("entry_id", "person_id"),)


class EarlierImport(Base):
    """A list of earlier trainings that was read for a factory: first a preview, then applied, or left.

    `found` is what was read of the mapped columns; it is emptied when the list was applied. The file is never kept.
    """

    __tablename__ = "earlier_import"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[ImportState]
    choices: Mapped[dict[str, Any]]
    found: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    """How many rows there were, how many were taken over, how many count for coverage."""
    account_id: Mapped[int | None]
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    factory: Mapped[Factory] = relationship()


class EarlierTraining(Base):
    """What a person had learned before this record was kept, as a list said it: the words behind an entry.

    They may name people, so they are kept here and not in the entry, and go when the person is erased.
    """

    __tablename__ = "earlier_training"

    import_id: Mapped[int] = mapped_column(sa.ForeignKey("earlier_import.id"))
    row: Mapped[int]
    """The row of the list."""
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"), index=True)
    """None for a course that is not in the catalogue."""
    course_text: Mapped[str]
    taken_on: Mapped[date]
    hours: Mapped[float | None]
    provider: Mapped[str]
    result: Mapped[str]
    certificate_number: Mapped[str]
    proof: Mapped[str]
    """Where the evidence is: a folder, a file, a page."""
    completion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("completion.id"), index=True)
    """The completion by which it counts for coverage; None where it does not count."""
    undone_at: Mapped[datetime | None]

    __table_args__ = (sa.UniqueConstraint("import_id", "row"),)
