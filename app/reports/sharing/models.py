"""What a factory showed to whom, until when, and how often it was looked at."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Factory
from app.platform.db import Base
from app.reports.rules.period import Span


class SharingConsent(Base):
    """A factory shows a buyer some figures of a period. Nothing of it changes but that it ends: another figure or
    another day is another consent. Its link is nowhere in the database, only the digest of it.
    """

    __tablename__ = "sharing_consent"

    sent_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """Of the form that gave it: sent twice it is one."""
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    buyer: Mapped[str] = mapped_column(sa.String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """The last day of the period."""
    aggregates: Mapped[list[str]]
    """Values of `rules.Aggregate`, as they were chosen."""
    figures: Mapped[list[dict[str, Any]]]
    """Each as `rules.stored`: as coarse as it is shown, counted when the consent was given."""
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    """SHA-256 of 256 random bits."""
    given_at: Mapped[datetime]
    given_by: Mapped[int | None]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None]

    factory: Mapped[Factory] = relationship()

    __table_args__ = (sa.CheckConstraint("starts_on <= ends_on", name="in_order"),)

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on)


class SharingVisit(Base):
    """How often the figures of a consent were opened and taken along on a day. Nothing says by whom."""

    __tablename__ = "sharing_visit"

    consent_id: Mapped[int] = mapped_column(sa.ForeignKey("sharing_consent.id"))
    day: Mapped[date]
    """By the wall of the factory."""
    times: Mapped[int]
    files: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (sa.UniqueConstraint("consent_id", "day"),)
