"""Who checked in, and which phones came with an old code."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.attendance.checkin.rules import Outcome, Proof, Way
from app.factories.models import Person
from app.platform.db import Base
from app.sessions.models import Site


class CheckIn(Base):
    """A person said to be at a half-day. It counts by itself or waits for the trainer, who settles it."""

    __tablename__ = "check_in"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))
    """Where the code was shown."""
    way: Mapped[Way]
    proof: Mapped[Proof]
    device: Mapped[str]
    """A mark of the phone; empty once it has been kept long enough."""
    at: Mapped[datetime]
    """When the code was scanned: signing in takes its time and makes nobody late."""
    mark_id: Mapped[str | None] = mapped_column(sa.String(32))
    """The mark that it was taken down as at once; None where it waits for the trainer."""
    outcome: Mapped[Outcome | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None]
    refused_at: Mapped[datetime | None]
    """When the trainer had said that the person is not there, before this."""

    person: Mapped[Person] = relationship()
    site: Mapped[Site] = relationship()

    __table_args__ = (sa.UniqueConstraint("meeting_id", "person_id"),)


class OldCode(Base):
    """A phone came to a half-day with a code that was no longer shown."""

    __tablename__ = "old_code"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    device: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("meeting_id", "device"),)
