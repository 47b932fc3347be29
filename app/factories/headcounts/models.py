"""Tables of declared headcounts: the denominators, with their age."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Factory
from app.factories.rules import ImportState, JobRole, Sex
from app.platform.db import Base


class HeadcountImport(Base):
    """A headcount file that was read for a factory: first a preview, then applied or left.

    `found` is what `stored.keep` made of it, `sha256` that of the file, which itself is not kept.
    """

    __tablename__ = "headcount_import"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    file_name: Mapped[str]
    sha256: Mapped[str]
    state: Mapped[ImportState]
    found: Mapped[dict[str, Any]]
    applied: Mapped[dict[str, Any] | None]
    """Once applied: how many days were new, corrected, kept or known."""
    account_id: Mapped[int | None]
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    factory: Mapped[Factory] = relationship()


class Headcount(Base):
    """A snapshot: how many people there were on a day, and according to whom.

    What is said of the same day once more stands beside it under the next `number`; nothing is taken away. Which of
    them counts is `queries.COUNTING`. Under-18s and migrants are numbers and never names.
    """

    __tablename__ = "headcount"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    as_of: Mapped[date]
    number: Mapped[int]
    source: Mapped[str]
    is_revision: Mapped[bool]
    lines: Mapped[int | None]
    shifts: Mapped[int | None]
    under_18: Mapped[int | None]
    migrants: Mapped[int | None]
    import_id: Mapped[int | None] = mapped_column(sa.ForeignKey("headcount_import.id"), index=True)
    account_id: Mapped[int | None]
    received_at: Mapped[datetime]

    counts: Mapped[list["HeadcountCount"]] = relationship(order_by="HeadcountCount.id")

    __table_args__ = (sa.UniqueConstraint("factory_id", "as_of", "number"),)


class HeadcountCount(Base):
    """People of one role and sex in a snapshot; `sex` is None where only the total is known."""

    __tablename__ = "headcount_count"

    headcount_id: Mapped[int] = mapped_column(sa.ForeignKey("headcount.id"), index=True)
    role: Mapped[JobRole]
    sex: Mapped[Sex | None]
    people: Mapped[int]
