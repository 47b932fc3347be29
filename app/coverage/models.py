"""Who must be trained in what, and who holds it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class Requirement(Base):
    """Everybody in one of `roles` at the factories of a programme must hold the course."""

    __tablename__ = "requirement"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    roles: Mapped[list[str]]

    __table_args__ = (sa.UniqueConstraint("programme_id", "course_id"),)


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
