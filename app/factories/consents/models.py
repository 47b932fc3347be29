"""The table of consents: who lets which factory see what was learned elsewhere."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base


class ConsentBy(StrEnum):
    """How a person said it."""

    OWN_PAGE = "own_page"
    PAPER = "paper"


class HistoryConsent(Base):
    """A person lets a factory see what was learned at others before; withdrawing it works at once."""

    __tablename__ = "history_consent"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    given_at: Mapped[datetime]
    given_on: Mapped[date | None]
    """The day of that in the zone of the factory's programme; None holds as long as nobody was hired again."""
    given_how: Mapped[ConsentBy]
    given_by: Mapped[int | None]
    """The account that wrote a consent on paper down; None when the person said it here."""
    withdrawn_at: Mapped[datetime | None]
    withdrawn_how: Mapped[ConsentBy | None]
    withdrawn_by: Mapped[int | None]

    __table_args__ = (
        sa.Index("ix_history_consent_person_id", "person_id"),
        sa.Index(
            "uq_history_consent_given", "person_id", "factory_id", unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"), postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
    )
