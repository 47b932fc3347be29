"""The catalogue. A published version never changes."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.courses.rules import LATE_AFTER, PRESENT_FROM, AttendanceBy, Category, QuizPhase, UnitKind, ValidFrom
from app.platform.db import Base


class Course(Base):
    """A catalogue entry."""

    __tablename__ = "course"

    code: Mapped[str] = mapped_column(unique=True)
    current_version_id: Mapped[int | None]
    """The version that new training sessions are planned with; a plain number, since the version points here."""
    archived_at: Mapped[datetime | None]
    """Since when it is no longer offered. What was planned, done and certified stays."""
    archived_why: Mapped[str | None]


class CourseVersion(Base):
    """A frozen edition of a course. Shares lie between 0 and 1."""

    __tablename__ = "course_version"

    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    number: Mapped[str]
    fingerprint: Mapped[str]
    """SHA-256 of the content it was made from; publishing the same content again does nothing."""
    published_at: Mapped[datetime]
    published_by: Mapped[int | None]
    """The account that published it; None when it was done from the command line."""
    note: Mapped[str] = mapped_column(default="")
    """Why it was published: what is new in it."""
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
    valid_from: Mapped[ValidFrom] = mapped_column(default=ValidFrom.COMPLETION)
    valid_to_day: Mapped[str | None]
    """MM-DD, where the validity ends on a fixed day."""
    refresher: Mapped[str | None]
    """Code of the course that renews this one; None when the course itself does."""
    attendance_share: Mapped[float]
    attendance_by: Mapped[AttendanceBy] = mapped_column(default=AttendanceBy.HALF_DAYS, server_default="half_days")
    """Whether it is a share of half-days or of their minutes."""
    present_from: Mapped[float] = mapped_column(default=PRESENT_FROM, server_default=str(PRESENT_FROM))
    """Share of the minutes of a half-day that makes present; below it somebody was partly there."""
    late_after: Mapped[int] = mapped_column(default=LATE_AFTER, server_default=str(LATE_AFTER))
    """Minutes after the start from which somebody is late."""
    test_unit: Mapped[str | None]
    test_share: Mapped[float | None]
    evaluation_required: Mapped[bool] = mapped_column(default=False)
    sources: Mapped[list[str]]
    review_by: Mapped[date | None]
    layouts: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Ways to run it, as in course.yaml: id, titles, parts of titles, minutes and unit codes."""
    forms: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Forms without right answers: id, kind, titles, and `in`: locale -> intro, anonymous, items, closing."""
    papers: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """What can be printed: kind, and for a form its id and titles; empty where no files were kept."""
    countries: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Notes on national law: country, and notes of topic, text by locale, source, checked and review_by."""
    search_text: Mapped[str] = mapped_column(sa.Text, default="")
    """Its words in every language, as people search; see `app.platform.i18n.folding`."""

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
    phase: Mapped[QuizPhase | None]
    months_after: Mapped[int | None]
    blueprint: Mapped[dict[str, int] | None]
    """Of a quiz: when it is taken, how many months later, and topic -> number of questions."""
    rules: Mapped[dict[str, Any] | None]
    """Of a quiz: what differs from the usual rules."""

    __table_args__ = (sa.UniqueConstraint("version_id", "code"),)


class LessonText(Base):
    """A lesson or practice task in one language, rendered and sanitised once, when the version was published."""

    __tablename__ = "lesson_text"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    locale: Mapped[str]
    html: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = (sa.UniqueConstraint("unit_id", "locale"),)


class Blob(Base):
    """Bytes under the SHA-256 of them: a file that did not change is stored once for all versions and drafts."""

    __tablename__ = "course_blob"

    key: Mapped[str] = mapped_column(sa.String(64), unique=True)
    data: Mapped[bytes] = mapped_column(sa.LargeBinary)


class VersionFile(Base):
    """A file that a version was made from, as it was."""

    __tablename__ = "course_file"

    version_id: Mapped[int] = mapped_column(sa.ForeignKey("course_version.id"))
    path: Mapped[str]
    blob_key: Mapped[str] = mapped_column(sa.ForeignKey("course_blob.key"))

    __table_args__ = (sa.UniqueConstraint("version_id", "path"),)


class Pathway(Base):
    """Courses that belong together; a catalogue entry of its own."""

    __tablename__ = "pathway"

    code: Mapped[str] = mapped_column(unique=True)
    current_version_id: Mapped[int | None]
    archived_at: Mapped[datetime | None]
    archived_why: Mapped[str | None]


class PathwayVersion(Base):
    """A frozen edition of a pathway."""

    __tablename__ = "pathway_version"

    pathway_id: Mapped[int] = mapped_column(sa.ForeignKey("pathway.id"))
    number: Mapped[str]
    fingerprint: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    titles: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    audience: Mapped[list[str]]
    in_order: Mapped[bool]
    """Whether the steps are taken one after the other."""
    pace_months: Mapped[int | None]
    """The time in which all of it should be done."""
    steps: Mapped[list[dict[str, Any]]]
    """`{"course": code}`, or `{"choose": n, "of": [codes]}`."""
    sources: Mapped[list[str]]
    review_by: Mapped[date | None]

    pathway: Mapped[Pathway] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("pathway_id", "fingerprint"),
        sa.UniqueConstraint("pathway_id", "number"),
    )
