"""Questions are frozen with their version; an answer is a row that was committed before it is called saved."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.quizzes.rules import AttemptState

_ONE_OPEN = sa.text("state = 'in_progress'")


class Question(Base):
    """One question of a quiz unit, in every language it exists in."""

    __tablename__ = "question"

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    position: Mapped[int]
    code: Mapped[str]
    kind: Mapped[str]
    key: Mapped[dict[str, Any]]
    """What is right, and how right. Never leaves the server before release."""
    texts: Mapped[dict[str, Any]]
    """Locale -> what is read: the question and its options, without any mark of right or wrong."""

    __table_args__ = (sa.UniqueConstraint("unit_id", "position"), sa.UniqueConstraint("unit_id", "code"))


class QuizWindow(Base):
    """The time in which the people of a training session may take a quiz unit."""

    __tablename__ = "quiz_window"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("training_id", "unit_id"),)


class Attempt(Base):
    """One person's go at a quiz unit within a training session."""

    __tablename__ = "attempt"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    number: Mapped[int]
    state: Mapped[AttemptState]
    seed: Mapped[int]
    started_at: Mapped[datetime]
    deadline_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    score: Mapped[float | None]
    max_score: Mapped[float | None]
    passed: Mapped[bool | None]
    rule_version: Mapped[int | None]

    __table_args__ = (
        sa.UniqueConstraint("training_id", "unit_id", "person_id", "number"),
        sa.Index(
            "uq_attempt_open", "training_id", "unit_id", "person_id",
            unique=True, sqlite_where=_ONE_OPEN, postgresql_where=_ONE_OPEN,
        ),
    )


class Answer(Base):
    """The latest saved answer to one question; `revision` counts its changes, so that a stale tab is noticed."""

    __tablename__ = "answer"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"))
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"))
    choice: Mapped[list[str]]
    revision: Mapped[int]
    saved_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("attempt_id", "question_id"),)


class PaperScore(Base):
    """What somebody reached in a test on paper, as whoever counted it wrote it down. What it says is never changed:
    a correction is another row, and of one marker the one with the greater counter counts.
    """

    __tablename__ = "paper_score"

    record_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """128 random bits, so that a repeat is recognised."""
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    points: Mapped[Decimal] = mapped_column(sa.Numeric(7, 2))
    of: Mapped[int]
    """Points that there were."""
    marker: Mapped[str]
    """The device or account that said it: `kit:<device>`, `account:<id>`."""
    counter: Mapped[int]
    account_id: Mapped[int | None]
    at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    """What the clock of the device said; shown, and never used to decide."""

    __table_args__ = (sa.Index("ix_paper_score_training_unit_person", "training_id", "unit_id", "person_id"),)
