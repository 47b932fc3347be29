"""Drills of factories. Append-only: a correction is a row that points at the one it takes back."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.improvement.drills.rules import DrillKind, Shift
from app.platform.db import Base
from app.platform.files.photos import PhotoKind


class Drill(Base):
    """A drill, counted by heads. `minutes` until everybody was out, or safe; None where nobody looked at the clock."""

    __tablename__ = "drill"

    sent_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    kind: Mapped[DrillKind]
    held_on: Mapped[date]
    shift: Mapped[Shift]
    people: Mapped[int]
    minutes: Mapped[int | None]
    learnt: Mapped[list[str]]
    """Values of `rules.Learnt`."""
    withdraws_id: Mapped[int | None] = mapped_column(sa.ForeignKey("drill.id"), unique=True)
    """The entry of which this row says that it counts no more."""
    evidence_key: Mapped[str | None]
    evidence_kind: Mapped[PhotoKind | None]
    account_id: Mapped[int | None]
    entered_at: Mapped[datetime]

    __table_args__ = (sa.Index("ix_drill_factory_held", "factory_id", "held_on"),)
