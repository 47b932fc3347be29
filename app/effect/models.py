"""Tables of line productivity: files of weeks, the weeks, corrected trainings, and what comparisons found."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.effect.rules import FileState
from app.factories.models import Factory, Programme
from app.factories.rules import Sex
from app.platform.db import Base


class WeekFile(Base):
    """A file of weekly figures that was read for a factory: first a preview, then applied, perhaps taken back, or left.

    `found` is what `stored.keep` made of it, `sha256` that of the file, which itself is not kept.
    """

    __tablename__ = "week_file"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    file_name: Mapped[str]
    sha256: Mapped[str]
    state: Mapped[FileState]
    found: Mapped[dict[str, Any]]
    account_id: Mapped[int | None]
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    factory: Mapped[Factory] = relationship()


class LineWeek(Base):
    """What a line made in a week, as an applied file says. Nothing is changed or taken away: of one week counts the
    file that was applied last and was not taken back. `minutes` are those of one operator."""

    __tablename__ = "line_week"

    file_id: Mapped[int] = mapped_column(sa.ForeignKey("week_file.id"))
    line: Mapped[str]
    line_key: Mapped[str]
    """The name as names are compared."""
    monday: Mapped[date]
    operators: Mapped[float]
    minutes: Mapped[float]
    sam: Mapped[float]
    pieces: Mapped[float]
    defects: Mapped[float | None]

    __table_args__ = (sa.UniqueConstraint("file_id", "line_key", "monday"),)


class LineTraining(Base):
    """What somebody said of the training of a line's supervisor, in place of what completions say. The latest of a line
    counts; without a day the line was not trained."""

    __tablename__ = "line_training"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    line: Mapped[str]
    line_key: Mapped[str]
    trained_on: Mapped[date | None]
    sex: Mapped[Sex | None]
    account_id: Mapped[int | None]
    said_at: Mapped[datetime]


class EffectResult(Base):
    """A comparison of trained lines with others, of one factory or of all of a programme. The latest counts."""

    __tablename__ = "effect_result"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    """None for all factories of the programme together."""
    ordered_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    inputs_sha256: Mapped[str | None]
    """Of the weeks and trainings that went in: the same give the same result."""
    found: Mapped[dict[str, Any] | None]
    account_id: Mapped[int | None]

    programme: Mapped[Programme] = relationship()
    factory: Mapped[Factory | None] = relationship()
