"""What is asked of many people at once, and under which letters."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.quizzes.rules import AttemptMode

_IS_PAPER = sa.text("mode = 'paper'")
_IS_READ_NOW = sa.text("mode = 'aloud' AND ended_at IS NULL")


class Booklet(Base):
    """One drawing of a quiz for many people of a training session. Attempts that follow it have its seed."""

    __tablename__ = "quiz_booklet"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    mode: Mapped[AttemptMode]
    form: Mapped[int]
    """The parallel form, from 0."""
    code: Mapped[str] = mapped_column(unique=True)
    """Stands on what is printed, short enough to type."""
    seed: Mapped[int]
    question_ids: Mapped[list[int]]
    letters: Mapped[dict[str, Any]]
    """Id of a question -> the names of its options in the order of their letters: A is the first."""
    account_id: Mapped[int | None]
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """When a reading was handed in."""

    __table_args__ = (
        sa.UniqueConstraint("training_id", "unit_id", "seed"),
        sa.Index(
            "uq_quiz_booklet_paper", "training_id", "unit_id", "form",
            unique=True, sqlite_where=_IS_PAPER, postgresql_where=_IS_PAPER,
        ),
        sa.Index(
            "uq_quiz_booklet_read", "training_id", "unit_id",
            unique=True, sqlite_where=_IS_READ_NOW, postgresql_where=_IS_READ_NOW,
        ),
    )
