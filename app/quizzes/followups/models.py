"""When quizzes open by themselves."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.courses.models import Unit
from app.courses.rules import QuizPhase
from app.platform.db import Base
from app.sessions.models import TrainingSession


class QuizPlan(Base):
    """The quiz before or after a training session. Its times follow the half-days until it was opened."""

    __tablename__ = "quiz_plan"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    phase: Mapped[QuizPhase]
    opens_at: Mapped[datetime] = mapped_column(index=True)
    closes_at: Mapped[datetime] = mapped_column(index=True)
    opened_at: Mapped[datetime | None]
    """When the clock opened it; None while it has not."""
    last_call_at: Mapped[datetime | None]
    """When factories were reminded that it closes soon."""

    training: Mapped[TrainingSession] = relationship()
    unit: Mapped[Unit] = relationship()

    __table_args__ = (sa.UniqueConstraint("training_id", "unit_id"),)
