"""Packs that somebody ordered, and what was kept of a day of which other rooms keep no history."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Factory
from app.learning_record.evidence.rules import Failure, Period
from app.platform.clock import now
from app.platform.db import Base

_OPEN = sa.text("made_at IS NULL AND failed IS NULL")


class EvidencePack(Base):
    """The evidence of a factory as one file, made by a job for whoever ordered it and kept for a day."""

    __tablename__ = "evidence_pack"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    as_of: Mapped[date]
    language: Mapped[str]
    same: Mapped[str]
    """Equal for equal orders: of one that is being made there is no second."""
    done: Mapped[int]
    steps: Mapped[int]
    """How much of how much is written; no steps are known before it is begun."""
    file_key: Mapped[str | None]
    size: Mapped[int | None]
    sha256: Mapped[str | None]
    ordered_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    failed: Mapped[Failure | None]

    factory: Mapped[Factory] = relationship()

    @property
    def period(self) -> Period:
        return Period(self.since, self.until, self.as_of)

    @property
    def is_settled(self) -> bool:
        """Nothing more will happen to it but its end."""
        return self.made_at is not None or self.failed is not None

    @property
    def is_over(self) -> bool:
        """Its day is over: the file is deleted, or will be within the hour."""
        return self.expires_at is not None and now() >= self.expires_at

    __table_args__ = (
        sa.Index("uq_evidence_pack_open", "same", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )


OPEN = (EvidencePack.made_at.is_(None), EvidencePack.failed.is_(None))
"""Still being made."""


class EvidenceState(Base):
    """What was said when the first pack of this time and day was made, by rooms that keep no history of it: ids, codes,
    days and figures, never a name. Every later pack of the same time and day says the same."""

    __tablename__ = "evidence_state"

    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    since: Mapped[date]
    until: Mapped[date]
    as_of: Mapped[date]
    language: Mapped[str]
    kept: Mapped[dict[str, Any]]
    taken_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("factory_id", "since", "until", "as_of", "language"),)
