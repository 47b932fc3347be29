"""Coverage as a ledger: movements and the balances of closed months. See docs/decisions/0028."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.factories.rules import Sex
from app.platform.db import Base


class Movement(Base):
    """A change of how one person - or, without a person, one line or the factory - stands under a requirement.

    `day` is the day on which it is true, `recorded_on` the day on which we learnt it, `booked_on` the later of the two:
    the figure as printed on a day is the sum of what was booked by then, and what was recorded later about days before
    is an adjustment. Rows are only ever added. Counts are -1, 0 or 1 for a person.
    """

    __tablename__ = "coverage_movement"

    requirement_id: Mapped[int] = mapped_column(sa.ForeignKey("requirement.id"))
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    person_id: Mapped[int | None] = mapped_column(index=True)
    """No foreign key: a person of a staff list that was taken back may be gone; a number never goes to another."""
    part: Mapped[str | None]
    """The role, or for a committee the side."""
    sex: Mapped[Sex | None]
    line_id: Mapped[int | None]
    """No foreign key, for the same reason."""
    day: Mapped[date]
    recorded_on: Mapped[date]
    booked_on: Mapped[date]
    cause: Mapped[str]
    """Why it was written: the event, in one word."""
    active: Mapped[int] = mapped_column(default=0)
    valid: Mapped[int] = mapped_column(default=0)
    due: Mapped[int] = mapped_column(default=0)
    ever: Mapped[int] = mapped_column(default=0)
    lost: Mapped[int] = mapped_column(default=0)
    waived: Mapped[int] = mapped_column(default=0)
    units: Mapped[int] = mapped_column(default=0)
    met: Mapped[int] = mapped_column(default=0)
    due_90: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.Index("ix_coverage_movement_factory", "factory_id", "booked_on"),
        sa.Index("ix_coverage_movement_booked", "booked_on", "factory_id"),
    )


class Balance(Base):
    """What a cell stood at when a month ended: the sum of everything booked before `until`, the first of the next."""

    __tablename__ = "coverage_balance"

    until: Mapped[date]
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    requirement_id: Mapped[int] = mapped_column(sa.ForeignKey("requirement.id"), index=True)
    part: Mapped[str | None]
    sex: Mapped[Sex | None]
    active: Mapped[int]
    valid: Mapped[int]
    due: Mapped[int]
    ever: Mapped[int]
    lost: Mapped[int]
    waived: Mapped[int]
    units: Mapped[int]
    met: Mapped[int]
    due_90: Mapped[int]

    __table_args__ = (
        sa.Index("ix_coverage_balance_until", "until", "factory_id", "requirement_id"),
        sa.Index("ix_coverage_balance_factory", "factory_id", "until"),
    )
