"""Questions are frozen with their version; an answer is a row that was committed before it is called saved."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.quizzes.rules import AttemptMode, AttemptState, Late

_UNDECIDED = sa.text("counts IS NULL")
_ONE_OPEN = sa.text("state IN ('not_started', 'in_progress', 'overdue')")


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
    part: Mapped[str | None]
    """The part of the blueprint that it belongs to."""
    form: Mapped[int | None]
    """The parallel form that it belongs to, from 0; None is all of them."""

    __table_args__ = (sa.UniqueConstraint("unit_id", "position"), sa.UniqueConstraint("unit_id", "code"))


class QuizWindow(Base):
    """The time in which the people of a training session may take a quiz unit."""

    __tablename__ = "quiz_window"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("training_id", "unit_id"),)


class QuizAllowance(Base):
    """What a person, or everybody of a factory, is allowed in a quiz of a training session beside its rules."""

    __tablename__ = "quiz_allowance"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"))
    extra: Mapped[Decimal | None] = mapped_column(sa.Numeric(3, 2))
    """By how much the time limit is multiplied."""
    untimed: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int | None]
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (factory_id IS NULL)", name="whose"),
        sa.UniqueConstraint("training_id", "unit_id", "person_id"),
        sa.UniqueConstraint("training_id", "unit_id", "factory_id"),
    )


class Attempt(Base):
    """One person's go at a quiz unit within a training session. What it asks was drawn once and stays."""

    __tablename__ = "attempt"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    number: Mapped[int]
    state: Mapped[AttemptState]
    seed: Mapped[int]
    mode: Mapped[AttemptMode] = mapped_column(default=AttemptMode.OWN)
    form: Mapped[int] = mapped_column(default=0)
    question_ids: Mapped[list[int]]
    """The questions that were drawn, in the order in which they are asked."""
    started_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    """When answers are due; None is never."""
    submitted_at: Mapped[datetime | None]
    score: Mapped[float | None]
    max_score: Mapped[float | None]
    passed: Mapped[bool | None]
    rule_version: Mapped[int | None]

    __table_args__ = (
        sa.UniqueConstraint("training_id", "unit_id", "person_id", "number"),
        sa.Index("ix_attempt_state_deadline", "state", "deadline_at"),
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
    language: Mapped[str | None]
    """The language in which the question was read."""
    account_id: Mapped[int | None]
    """Who noted it for the person, if it was not the person."""

    __table_args__ = (sa.UniqueConstraint("attempt_id", "question_id"),)


class LateAnswer(Base):
    """An answer that came too late to count by itself. It is never dropped: a person decides whether it counts."""

    __tablename__ = "late_answer"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), index=True)
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"))
    choice: Mapped[list[str]]
    arrived_at: Mapped[datetime]
    why: Mapped[Late]
    counts: Mapped[bool | None]
    """What was decided; None while nobody has."""
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    decided_why: Mapped[str] = mapped_column(default="", server_default="")
    replaced: Mapped[list[str] | None]
    """The saved answer whose place it took when it was decided that it counts."""

    __table_args__ = (
        sa.Index("ix_late_answer_undecided", "attempt_id", sqlite_where=_UNDECIDED, postgresql_where=_UNDECIDED),
    )


class KeyChange(Base):
    """Another key of a question than the published one, or its withdrawal. Never changed: the last counts."""

    __tablename__ = "key_change"

    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"))
    number: Mapped[int]
    key: Mapped[dict[str, Any] | None]
    """The whole key by locale; None withdraws the question from every grade."""
    why: Mapped[str]
    account_id: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("question_id", "number"),)


class ManualGrade(Base):
    """What a person gave for one answer that only a person can grade. Never changed: the last counts."""

    __tablename__ = "manual_grade"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"))
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"))
    share: Mapped[Decimal] = mapped_column(sa.Numeric(7, 6))
    """Of the points of the question, 0..1."""
    comment: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_manual_grade_attempt_question", "attempt_id", "question_id"),)


class AttemptReopening(Base):
    """An abandoned attempt was opened again. Never changed."""

    __tablename__ = "attempt_reopening"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), index=True)
    why: Mapped[str]
    account_id: Mapped[int | None]
    at: Mapped[datetime]


GIVEN_FOR_WHAT_IS_SAVED = ~sa.exists().where(
    Answer.attempt_id == ManualGrade.attempt_id,
    Answer.question_id == ManualGrade.question_id,
    Answer.saved_at > ManualGrade.at,
)
"""A grade holds for the answer that was read; for one that took its place later it does not."""


class GradeChange(Base):
    """A grade that was given before, and the one that took its place. Never changed."""

    __tablename__ = "grade_change"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), index=True)
    about: Mapped[str]
    """What led to it, with its id: `key_change:7`, `late_answer:3`, `manual_grade:12`, `reopening:5`."""
    score_before: Mapped[float | None]
    max_before: Mapped[float | None]
    passed_before: Mapped[bool | None]
    score_after: Mapped[float | None]
    max_after: Mapped[float | None]
    passed_after: Mapped[bool | None]
    account_id: Mapped[int | None]
    at: Mapped[datetime]


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
