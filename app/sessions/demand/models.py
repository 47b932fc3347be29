"""What factories want to be trained in."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.courses.models import Course
from app.factories.models import Factory
from app.platform.db import Base
from app.sessions.demand.rules import InterestState
from app.sessions.models import TrainingSession
from app.sessions.rules import Modality

IS_WAITING = sa.text("state IN ('open', 'planned')")


class Interest(Base):
    """A factory wants a course for some of its people. It names none of them."""

    __tablename__ = "interest"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"), index=True)
    people: Mapped[int]
    month: Mapped[date | None]
    """The first day of the month in which it should be; None where any time will do."""
    modality: Mapped[Modality | None]
    language: Mapped[str]
    note: Mapped[str]
    state: Mapped[InterestState]
    declared_at: Mapped[datetime]
    declared_by: Mapped[int | None]
    """The account that declared it."""
    changed_at: Mapped[datetime]
    training_id: Mapped[int | None] = mapped_column(sa.ForeignKey("training_session.id"), index=True)
    """The training session it is planned with."""

    factory: Mapped[Factory] = relationship()
    course: Mapped[Course] = relationship()
    training: Mapped[TrainingSession | None] = relationship()

    __table_args__ = (
        sa.Index(
            "uq_interest_waiting", "factory_id", "course_id", unique=True,
            sqlite_where=IS_WAITING, postgresql_where=IS_WAITING,
        ),
    )
