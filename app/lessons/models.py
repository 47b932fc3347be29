"""What a person does alone with a course. Every fact points at the version that the person had before her."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.platform.files.photos import PhotoKind


class Study(Base):
    """A person works through a course, from the first lesson read on: always the same version, until she changes it."""

    __tablename__ = "study"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("course_version.id"))
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    """When she last read a lesson of it or logged a task."""

    __table_args__ = (sa.UniqueConstraint("person_id", "course_id"),)


class LessonProgress(Base):
    """A person says that she has read a lesson: for the first time, and again."""

    __tablename__ = "lesson_progress"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("course_version.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    first_read_at: Mapped[datetime]
    last_read_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("person_id", "version_id", "unit_id"),)


class PracticeLog(Base):
    """What a person tried of a practice task: words, a photo, or both, until they are withdrawn or kept long enough."""

    __tablename__ = "practice_log"

    log_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """128 bits of the random id of the form and of what stands in it, so that a repeat is recognised."""
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("course_version.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    photo_key: Mapped[str | None]
    photo_kind: Mapped[PhotoKind | None]
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    """Where the person worked at the time: who looks after that factory may see the log."""
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
