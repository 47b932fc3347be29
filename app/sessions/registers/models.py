"""What is known of trainers when planning: languages, courses, days on which they are away."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.courses.models import Course
from app.platform.db import Base


class TrainerLanguages(Base):
    """The languages in which an account can teach. Without a row nothing is known, and nothing is objected."""

    __tablename__ = "trainer_languages"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), unique=True)
    languages: Mapped[list[str]]


class Qualification(Base):
    """An account may teach a course in a programme; `ends_on` is the last day.

    Where a programme keeps no qualification for a course, everybody may teach it.
    """

    __tablename__ = "qualification"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    course: Mapped[Course] = relationship()

    __table_args__ = (sa.UniqueConstraint("programme_id", "account_id", "course_id"),)


class Absence(Base):
    """Days on which an account cannot teach, the last one included. Why, nobody asks and nothing says."""

    __tablename__ = "absence"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    __table_args__ = (sa.CheckConstraint("starts_on <= ends_on", name="in_order"),)
