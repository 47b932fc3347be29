"""Seats and what happened to them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.factories.models import Factory, Person
from app.platform.db import Base
from app.sessions.models.trainings import Site
from app.sessions.rules import UNNAMED, Modality, SeatState

_UNNAMED = ", ".join(f"'{state.value}'" for state in sorted(UNNAMED))


class Seat(Base):
    """A place in a training session. One that counts has a `place` of its kind, 1 and up, so that nothing can oversell.

    A reserved seat is a factory's, for somebody who is named later: only such a one has no person, wherever it went.
    """

    __tablename__ = "seat"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True, nullable=True)
    """None in the states of `UNNAMED` alone; whoever reads requested or booked seats always finds somebody."""
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))
    modality: Mapped[Modality]
    state: Mapped[SeatState]
    place: Mapped[int | None]
    requested_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    offer_until: Mapped[datetime | None] = mapped_column(index=True)
    """When an offered seat goes to the next."""
    rank: Mapped[int | None]
    """The order on the waiting list that somebody decided; small comes first. None: in the order of asking."""
    is_walk_in: Mapped[bool] = mapped_column(server_default=sa.false())
    reason: Mapped[str | None]
    """Why it was declined, as the factory was told."""

    person: Mapped[Person] = relationship()
    factory: Mapped[Factory] = relationship()
    site: Mapped[Site] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("training_id", "person_id"),
        sa.UniqueConstraint("training_id", "modality", "place"),
        sa.CheckConstraint(f"person_id IS NOT NULL OR state IN ({_UNNAMED})", name="named"),
    )

    @property
    def has_name(self) -> bool:
        """Whether it is somebody's; else the factory names somebody later."""
        return self.person_id is not None


class SeatAtMeeting(Base):
    """Somebody joins one half-day in another way than the seat says. `place` is a place of that half-day and kind."""

    __tablename__ = "seat_at_meeting"

    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("seat.id"))
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))
    modality: Mapped[Modality]
    place: Mapped[int | None]

    site: Mapped[Site] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("seat_id", "meeting_id"),
        sa.UniqueConstraint("meeting_id", "modality", "place"),
    )


class SeatMove(Base):
    """One move of a seat, never changed: from which state to which, by whom, and for whom the seat then was."""

    __tablename__ = "seat_move"

    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("seat.id"), index=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    """Who did it; None for the person of the seat and for the system."""
    before: Mapped[SeatState | None]
    after: Mapped[SeatState]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
