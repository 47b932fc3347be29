"""Costs, written down once. A correction is another row that stands in the place of the former."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.sessions.service.rules import Payer


class TrainingCost(Base):
    """Somebody paid an amount for a training session. Rows are never changed but for when they ended."""

    __tablename__ = "training_cost"

    sent_id: Mapped[str | None] = mapped_column(sa.String(32), unique=True)
    """128 random bits of the form, so that a repeat is recognised."""
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"), index=True)
    payer: Mapped[Payer]
    payer_name: Mapped[str] = mapped_column(sa.String(120))
    """Which brand, donor or factory; may be empty."""
    amount: Mapped[int] = mapped_column(sa.BigInteger)
    """In the smallest unit of the currency."""
    currency: Mapped[str] = mapped_column(sa.String(3))
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("training_cost.id"), unique=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    """Since when it no longer counts: it was corrected or removed."""

    __table_args__ = (sa.CheckConstraint("amount > 0", name="amount"),)


COUNTS = TrainingCost.ended_at.is_(None)
