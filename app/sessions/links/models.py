"""Rooms at meeting providers, and who came into them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.platform.db import Base
from app.sessions.links.rules import USED, Problem, Provider, RoomState
from app.sessions.models import Meeting


class MeetingRoom(Base):
    """The room of a half-day at a provider that we made, or want. A half-day with a pasted link has none in use."""

    __tablename__ = "meeting_room"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), unique=True)
    provider: Mapped[Provider]
    key: Mapped[str] = mapped_column(unique=True)
    """Its name at the provider: random, and another one each time it is made anew."""
    seed: Mapped[str]
    """What the links into it are made from. It stays, so that links in calendars stay."""
    maker: Mapped[str]
    """Which server, and which account there, made it; empty until then. We touch no room that another one made."""
    details: Mapped[dict[str, Any]]
    """What the provider said of it."""
    state: Mapped[RoomState] = mapped_column(index=True)
    problem: Mapped[Problem | None]
    tries: Mapped[int]
    changed_at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship()

    @property
    def is_used(self) -> bool:
        return self.state in USED


class RoomVisit(Base):
    """Somebody came into a room, as far as the provider or our own door knows. It proves no attendance by itself."""

    __tablename__ = "room_visit"

    room_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_room.id"))
    mark: Mapped[str]
    """The mark of the holder of a link; of somebody else, what the provider calls him or her."""
    name: Mapped[str]
    """As it stands on the screen."""
    seat_id: Mapped[int | None] = mapped_column(sa.ForeignKey("seat.id"), index=True)
    came_at: Mapped[datetime]
    seen_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("room_id", "mark"),)
