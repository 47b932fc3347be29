"""Tables of findings. Nothing is ever changed or taken away; what counts is the latest day of a question."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Factory
from app.improvement.findings.rules import FileState, FindingStatus, Severity
from app.platform.db import Base


class FindingImport(Base):
    """A file of findings that was read: first a preview, then applied, perhaps taken back, or left.

    `found` is what `stored.keep` made of it, `sha256` that of the file, which itself is not kept: its remarks may name
    people.
    """

    __tablename__ = "finding_import"

    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    state: Mapped[FileState]
    found: Mapped[dict[str, Any]]
    applied: Mapped[dict[str, Any] | None]
    """Once applied: how many rows were new, changed, older or known."""
    account_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class FindingImportFactory(Base):
    """The factories that a file speaks of: it is shown to whoever may see all of them."""

    __tablename__ = "finding_import_factory"

    import_id: Mapped[int] = mapped_column(sa.ForeignKey("finding_import.id"))
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)

    __table_args__ = (sa.UniqueConstraint("import_id", "factory_id"),)


class Finding(Base):
    """What an assessment found about a question in a factory, on its day: never a day to come.

    `is_current` is kept by the operations: the latest day of what was not withdrawn, and of one day what came last.
    """

    __tablename__ = "finding"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    cluster: Mapped[str]
    point: Mapped[str]
    question: Mapped[str]
    severity: Mapped[Severity | None]
    assessed_on: Mapped[date]
    status: Mapped[FindingStatus]
    import_id: Mapped[int] = mapped_column(sa.ForeignKey("finding_import.id"), index=True)
    received_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    """When its file was taken back."""
    is_current: Mapped[bool] = mapped_column(default=False)

    factory: Mapped[Factory] = relationship()

    __table_args__ = (
        sa.Index("ix_finding_factory_question", "factory_id", "question", "assessed_on"),
        sa.Index(
            "uq_finding_current", "factory_id", "question", unique=True, sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current")),
    )
