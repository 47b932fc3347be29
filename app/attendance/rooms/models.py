"""When factory rooms were connected."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.attendance.rooms.rules import Source
from app.platform.db import Base


class RoomConnection(Base):
    """A factory room was connected to a half-day for a while, as one source says. What our own door saw stands in the
    visits of the meeting's room.
    """

    __tablename__ = "room_connection"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"), index=True)
    source: Mapped[Source]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    """None while nobody has said that the line was lost."""
    account_id: Mapped[int | None]
    noted_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "site_id", "source", "joined_at"),
        sa.Index(
            "uq_room_connection_open", "meeting_id", "site_id", "source", unique=True,
            sqlite_where=sa.text("left_at IS NULL"), postgresql_where=sa.text("left_at IS NULL"),
        ),
    )
