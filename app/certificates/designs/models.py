"""Designs, their versions, who signs, and the previews that are drawn of drafts."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.courses.models import Course
from app.factories.models import Programme
from app.platform.clock import now
from app.platform.db import Base

_ONE_OF_COURSE = sa.text("archived_at IS NULL AND course_id IS NOT NULL")
_ONE_OF_PROGRAMME = sa.text("archived_at IS NULL AND course_id IS NULL")

PREVIEW_LIFE = timedelta(days=1)
"""After this the picture is swept with what nobody came for."""


class Design(Base):
    """How the certificates of a programme look, or those of one of its courses."""

    __tablename__ = "certificate_design"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"), index=True)
    """None: for every course that has no design of its own."""
    name: Mapped[str]
    archived_at: Mapped[datetime | None]
    """Since when no certificate is issued with it. What was issued stays as it is."""

    programme: Mapped[Programme] = relationship()
    course: Mapped[Course | None] = relationship()

    __table_args__ = (
        sa.Index(
            "uq_certificate_design_of_course", "programme_id", "course_id", unique=True,
            sqlite_where=_ONE_OF_COURSE, postgresql_where=_ONE_OF_COURSE,
        ),
        sa.Index(
            "uq_certificate_design_of_programme", "programme_id", unique=True,
            sqlite_where=_ONE_OF_PROGRAMME, postgresql_where=_ONE_OF_PROGRAMME,
        ),
    )


class DesignVersion(Base):
    """One version. Without a day of publishing it is the draft, of which a design has at most one."""

    __tablename__ = "certificate_design_version"

    design_id: Mapped[int] = mapped_column(sa.ForeignKey("certificate_design.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    """As `content.stored` makes it; frozen once it is published."""
    revision: Mapped[int] = mapped_column(default=1)
    """Counts the changes of a draft: whoever saves says which one was seen."""
    made_at: Mapped[datetime]
    made_by: Mapped[int | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None]

    design: Mapped[Design] = relationship()

    __table_args__ = (sa.UniqueConstraint("design_id", "number"),)


class CertificateSignatory(Base):
    """Who may sign certificates of a programme, and from when to when."""

    __tablename__ = "certificate_signatory"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    names: Mapped[dict[str, str]]
    """By language: as the name is written in its script."""
    roles: Mapped[dict[str, str]]
    signature: Mapped[dict[str, Any] | None]
    """As it is drawn: kind, key of the file, what it shows."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    """The last day on which it is signed with this name; None for no end."""
    revision: Mapped[int] = mapped_column(default=1)

    programme: Mapped[Programme] = relationship()


class DesignPreview(Base):
    """What somebody looks at while designing: the last one that was asked for, drawn by a job."""

    __tablename__ = "certificate_design_preview"

    design_id: Mapped[int] = mapped_column(sa.ForeignKey("certificate_design.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    number: Mapped[int]
    """Counts what was asked for; only the last is drawn."""
    content: Mapped[dict[str, Any]]
    language: Mapped[str]
    example: Mapped[str]
    asked_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]
    file_key: Mapped[str | None]
    """None while it is drawn, and where it could not be."""

    @property
    def is_over(self) -> bool:
        """Whether it was drawn so long ago that its picture is gone."""
        return self.drawn_at is not None and self.drawn_at <= now() - PREVIEW_LIFE

    __table_args__ = (sa.UniqueConstraint("design_id", "account_id"),)
