"""Samples of sessions and people, and what visits found. The day of a visit is stored when it is over, never before."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Person
from app.improvement.cascade.models import CascadeSession
from app.improvement.cascade.samples.rules import Found
from app.platform.db import Base


class Sample(Base):
    """A sample drawn for a factory: with the seed anybody draws the same from the same entries."""

    __tablename__ = "cascade_sample"

    sent_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    seed: Mapped[str] = mapped_column(sa.String(16))
    since: Mapped[date | None]
    """Sessions held before this day were left out."""
    sessions: Mapped[int]
    people: Mapped[int]
    account_id: Mapped[int | None]
    drawn_at: Mapped[datetime]

    items: Mapped[list["SampleItem"]] = relationship(order_by="SampleItem.id")


class SampleItem(Base):
    """A session of the sample, or - with a person - somebody who is asked about one."""

    __tablename__ = "cascade_sample_item"

    sample_id: Mapped[int] = mapped_column(sa.ForeignKey("cascade_sample.id"), index=True)
    cascade_id: Mapped[int] = mapped_column(sa.ForeignKey("cascade_session.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    found: Mapped[Found | None]
    checked_on: Mapped[date | None]
    account_id: Mapped[int | None]

    cascade: Mapped[CascadeSession] = relationship()
    person: Mapped[Person | None] = relationship()
