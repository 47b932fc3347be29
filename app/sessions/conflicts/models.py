"""Conflicts that somebody accepted."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.sessions.conflicts.rules import Kind


class AcceptedConflict(Base):
    """A training session was planned although something speaks against it; the first acceptance stays."""

    __tablename__ = "accepted_conflict"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    kind: Mapped[Kind]
    key: Mapped[str]
    """What clashes with what and when, in ids: the same conflict has the same key, another one another."""
    reason: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("training_id", "key"),)
