"""What was typed from papers."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base

_WAITS = sa.text("attempt_id IS NULL AND dropped_at IS NULL")


class PaperEntry(Base):
    """One typing of what a person wrote on paper: the first, the second, or - where these differ - what was decided.
    What it says is never changed.
    """

    __tablename__ = "paper_entry"

    record_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """128 random bits of the form, so that a repeat is recognised."""
    booklet_id: Mapped[int] = mapped_column(sa.ForeignKey("quiz_booklet.id"))
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    turn: Mapped[int]
    """1 and 2 are typed, 3 is decided."""
    choices: Mapped[dict[str, Any] | None]
    """Id of a question -> the answer as it is stored; a question without one is left out. None after its time."""
    account_id: Mapped[int | None]
    at: Mapped[datetime]
    attempt_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attempt.id"), index=True)
    """What was made of it; None while it waits."""
    dropped_by: Mapped[int | None]
    dropped_at: Mapped[datetime | None]
    """When somebody said to type it anew."""

    __table_args__ = (
        sa.Index(
            "uq_paper_entry_waiting", "training_id", "unit_id", "person_id", "turn",
            unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS,
        ),
    )
