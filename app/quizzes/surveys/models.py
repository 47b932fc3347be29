"""Anonymous answers. Nothing here leads to a person: no account, no device, no order, no time nearer than a month."""

from datetime import date, datetime
from secrets import randbits
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.quizzes.surveys.rules import SurveyPhase

_BITS = 63
_RANDOM = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""On SQLite the key must be the number of the row: a row that had another would be counted in its order."""


def random_id() -> int:
    """A number that nothing can be told from; never 0."""
    return randbits(_BITS) or 1


class SurveyWindow(Base):
    """The time in which a form of a training session can be answered, and what may be shown of it.

    The evaluation is one for all; workers are asked for each factory, before and after.
    """

    __tablename__ = "survey_window"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"), index=True)
    form: Mapped[str]
    phase: Mapped[SurveyPhase | None]
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    is_counted: Mapped[bool] = mapped_column(default=False)
    """Whether its figures were made since it closed."""
    figures: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    """What is shown, made when it closed: see `rules.figures`."""

    __table_args__ = (
        sa.CheckConstraint("(phase IS NULL) = (factory_id IS NULL)", name="whose"),
        sa.UniqueConstraint("training_id", "form", "factory_id", "phase"),
        sa.Index(
            "uq_survey_window_for_all", "training_id", "form", unique=True,
            sqlite_where=sa.text("factory_id IS NULL"), postgresql_where=sa.text("factory_id IS NULL"),
        ),
    )  # fmt: skip


class SurveyResponse(Base):
    """What one person answered, whoever it was."""

    __tablename__ = "survey_response"

    id: Mapped[int] = mapped_column(_RANDOM, primary_key=True, autoincrement=False, default=random_id)
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    form: Mapped[str]
    phase: Mapped[SurveyPhase | None]
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"))
    language: Mapped[str]
    month: Mapped[date]
    """The first day of the month in which it was given."""
    answers: Mapped[dict[str, Any]]

    __table_args__ = (sa.Index("ix_survey_response_training_form", "training_id", "form"),)


class SurveyTicket(Base):
    """A form that was sent once: sending it again - a second tap, a page that is loaded again - counts no second time.

    It holds a random number and lives while its window is open.
    """

    __tablename__ = "survey_ticket"

    id: Mapped[int] = mapped_column(_RANDOM, primary_key=True, autoincrement=False)
    window_id: Mapped[int] = mapped_column(sa.ForeignKey("survey_window.id"), index=True)
