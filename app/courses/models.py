"""The catalogue. A published version never changes."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.courses.rules import Category, UnitKind
from app.platform.db import Base


class Course(Base):
    """A catalogue entry."""

    __tablename__ = "course"

    code: Mapped[str] = mapped_column(unique=True)
    current_version_id: Mapped[int | None]
    """The version that new training sessions are planned with; a plain number, since the version points here."""


class CourseVersion(Base):
    """A frozen edition of a course. Shares lie between 0 and 1."""

    __tablename__ = "course_version"

    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    number: Mapped[str]
    fingerprint: Mapped[str]
    """SHA-256 of the content it was made from; publishing the same content again does nothing."""
    published_at: Mapped[datetime]
    category: Mapped[Category]
    titles: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    objectives: Mapped[dict[str, Any]]
    """Locale -> list of sentences."""
    audience: Mapped[list[str]]
    themes: Mapped[list[str]]
    hours: Mapped[float]
    group_min: Mapped[int]
    group_max: Mapped[int]
    modalities: Mapped[list[str]]
    languages: Mapped[dict[str, Any]]
    """Locale -> date of review as text, or null while nobody has reviewed it."""
    validity_months: Mapped[int | None]
    attendance_share: Mapped[float]
    test_unit: Mapped[str | None]
    test_share: Mapped[float | None]
    sources: Mapped[list[str]]
    review_by: Mapped[date | None]

    course: Mapped[Course] = relationship()
    units: Mapped[list["Unit"]] = relationship(order_by="Unit.position", viewonly=True)

    __table_args__ = (
        sa.UniqueConstraint("course_id", "fingerprint"),
        sa.UniqueConstraint("course_id", "number"),
    )


class Unit(Base):
    """A part of a version: a lesson, a quiz, or the half-days of meetings."""

    __tablename__ = "unit"

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("course_version.id"))
    position: Mapped[int]
    code: Mapped[str]
    kind: Mapped[UnitKind]
    minutes: Mapped[int]
    titles: Mapped[dict[str, str]]
    objectives: Mapped[dict[str, Any]]

    __table_args__ = (sa.UniqueConstraint("version_id", "code"),)


class LessonText(Base):
    """A lesson in one language, rendered and sanitised once, when the version was published."""

    __tablename__ = "lesson_text"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    locale: Mapped[str]
    html: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = (sa.UniqueConstraint("unit_id", "locale"),)
