"""Who must be trained in what, and who holds it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class Requirement(Base):
    """A rule of a programme that says who must be trained in what. What it says stands in its versions."""

    __tablename__ = "requirement"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    code: Mapped[str]
    """Unique in the programme; usually that of its course."""
    title: Mapped[dict[str, str]]
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"), index=True)
    roles: Mapped[list[str] | None]

    __table_args__ = (sa.UniqueConstraint("programme_id", "code"),)


class Holding(Base):
    """A person holds a course from - until; kept by events of completions, rebuildable from them."""

    __tablename__ = "holding"

    completion_id: Mapped[int] = mapped_column(sa.ForeignKey("completion.id"), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (sa.Index("ix_holding_course_person", "course_id", "person_id"),)
