"""What a person has achieved."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.factories.rules import JobRole, Sex
from app.platform.clock import now
from app.platform.db import Base


class UnitResult(Base):
    """The share (0..1) that a person reached in a unit during a training session; the latest counts."""

    __tablename__ = "unit_result"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    training_id: Mapped[int]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    share: Mapped[Decimal] = mapped_column(sa.Numeric(7, 6))
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("training_id", "person_id", "unit_id"),)


class Completion(Base):
    """A person finished a course version. Factory, line, role and sex are those at the time.

    `period` counts validity periods of one person and course from 1: a second training inside the same period adds no
    completion, one in its last days - the window of renewal - or after it begins the next. A refresher course renews
    the course that names it: its training session then leads to a completion of both. See docs/decisions/0020.
    """

    __tablename__ = "completion"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("course_version.id"))
    period: Mapped[int]
    training_id: Mapped[int] = mapped_column(index=True, nullable=True)
    """None for an earlier training alone, which was taken over from a list; whoever reads those of a training session
    always finds one."""
    completed_at: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    line: Mapped[str | None]
    role: Mapped[JobRole | None]
    sex: Mapped[Sex | None]
    evidence: Mapped[dict[str, Any]]
    """Unit code -> share reached and share required, as text."""
    withdrawn_at: Mapped[datetime | None]
    annulled_at: Mapped[datetime | None]
    """Somebody decided that it does not count: no new result brings it back before that is taken back."""
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    """When the row was last written: whoever follows changes asks by it."""

    __table_args__ = (
        sa.UniqueConstraint("person_id", "course_id", "period"),
        sa.Index("ix_completion_updated_at_id", "updated_at", "id"),
    )


class SurveyTurn(Base):
    """Whether a person has handed in an anonymous form of a training session. It holds nothing of what was said.

    It is made beforehand for everybody with a seat, and changed without a time: see docs/decisions/0017.
    """

    __tablename__ = "survey_turn"

    training_id: Mapped[int]
    form: Mapped[str]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    has_answered: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (sa.UniqueConstraint("training_id", "form", "person_id"),)


class EvaluationWaiver(Base):
    """A training session of before evaluations were asked for: whatever its course says, it is complete without."""

    __tablename__ = "evaluation_waiver"

    training_id: Mapped[int] = mapped_column(unique=True)
