"""Training sessions and everything that is planned in them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.courses.models import CourseVersion
from app.factories.models import Factory, Person, Programme
from app.platform.db import Base
from app.platform.db.types import WallTime
from app.sessions.rules import MeetingState, Modality, SeatState, SiteKind, TrainingState


class TrainingSession(Base):
    """One delivery of a course version. In code always `training`, never a bare `session`."""

    __tablename__ = "training_session"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("course_version.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    """What people type to find their quiz: six letters and digits that cannot be mistaken for each other."""
    state: Mapped[TrainingState]
    language: Mapped[str]
    capacity_in_person: Mapped[int]
    capacity_virtual: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None]
    cancelled_reason: Mapped[str | None]

    programme: Mapped[Programme] = relationship()
    version: Mapped[CourseVersion] = relationship()
    meetings: Mapped[list["Meeting"]] = relationship(order_by="Meeting.number", back_populates="training")
    sites: Mapped[list["Site"]] = relationship(order_by="Site.id")
    trainers: Mapped[list["Trainer"]] = relationship(order_by="Trainer.id")


class Meeting(Base):
    """One half-day, by the clock on the wall of its zone; the two moments are kept for sorting and comparing."""

    __tablename__ = "meeting"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    number: Mapped[int]
    starts: Mapped[datetime] = mapped_column(WallTime)
    ends: Mapped[datetime] = mapped_column(WallTime)
    zone: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    modality: Mapped[Modality]
    join_url: Mapped[str | None]
    state: Mapped[MeetingState]

    training: Mapped[TrainingSession] = relationship(back_populates="meetings")

    __table_args__ = (sa.UniqueConstraint("training_id", "number"),)


class Site(Base):
    """A place that people join from. A factory room is one connection with many people."""

    __tablename__ = "site"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"), index=True)
    kind: Mapped[SiteKind]
    name: Mapped[str]
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"))


class Trainer(Base):
    """An account that teaches a training session."""

    __tablename__ = "trainer"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)

    __table_args__ = (sa.UniqueConstraint("training_id", "account_id"),)


class Seat(Base):
    """A place in a training session. A booked seat has a `place` of 1..capacity, so that nothing can oversell."""

    __tablename__ = "seat"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))
    modality: Mapped[Modality]
    state: Mapped[SeatState]
    place: Mapped[int | None]
    requested_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    factory: Mapped[Factory] = relationship()
    site: Mapped[Site] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("training_id", "person_id"),
        sa.UniqueConstraint("training_id", "modality", "place"),
    )


class Invitation(Base):
    """One entry in one recipient's calendar: a meeting and an address, with a UID that never changes."""

    __tablename__ = "invitation"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    address: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int]
    told: Mapped[dict[str, Any]]
    """What the recipient was last told: title, times, place, link. Empty after a cancellation."""

    meeting: Mapped[Meeting] = relationship()

    __table_args__ = (sa.UniqueConstraint("meeting_id", "address"),)
