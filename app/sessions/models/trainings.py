"""Training sessions and their half-days."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.courses.models import CourseVersion
from app.factories.models import Programme
from app.platform.db import Base
from app.platform.db.types import WallTime
from app.sessions.models.registers import HostAccount, Interpreter, Room
from app.sessions.rules import MeetingState, Modality, SiteKind, TrainingState, WaitingPolicy


class TrainingSession(Base):
    """One delivery of a course version. In code always `training`, never a bare `session`.

    `state` holds what people decided; whether a confirmed one is in progress or held, the clock says: `rules.standing`.
    One without half-days is to be announced.
    """

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
    postponed_reason: Mapped[str | None]
    postponed_from: Mapped[TrainingState | None]
    """What it was before, and is again when it has new dates."""
    reopened_reason: Mapped[str | None]
    expected_on: Mapped[date | None]
    """The first day of the month in which one that is to be announced should be."""
    origin_id: Mapped[int | None] = mapped_column(sa.ForeignKey("training_session.id"), index=True)
    """The training session that this one was copied, repeated or split from."""
    cohort: Mapped[str | None]
    """What tells it from others of the same origin, as people say it: Cohort B."""
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory_group.id"), index=True)
    """The manufacturer for whose factories alone it is."""
    waiting_policy: Mapped[WaitingPolicy] = mapped_column(server_default=WaitingPolicy.FIRST_COME.value)
    offer_hours: Mapped[int] = mapped_column(server_default="48")
    """How long an offered seat is held."""
    needs_approval: Mapped[bool] = mapped_column(server_default=sa.true())
    """Whether a request waits for the trainer; else it is booked at once while there is a place."""
    most_per_factory: Mapped[int | None]
    least_people: Mapped[int | None]
    """Fewer booked people than this, and whoever plans is alerted."""
    least_told_at: Mapped[datetime | None]
    names_due_days: Mapped[int | None]
    """Reserved seats without a name are given free so many days before the first half-day."""
    names_warned_at: Mapped[datetime | None]
    cut_off_days: Mapped[int | None]
    """Factories ask for seats until so many days before the first half-day."""

    programme: Mapped[Programme] = relationship()
    version: Mapped[CourseVersion] = relationship()
    meetings: Mapped[list["Meeting"]] = relationship(order_by="Meeting.number", back_populates="training")
    sites: Mapped[list["Site"]] = relationship(order_by="Site.id")
    trainers: Mapped[list["Trainer"]] = relationship(order_by="Trainer.id")


class Meeting(Base):
    """One half-day, by the clock on the wall of its zone; the two moments are kept for sorting and comparing.

    One that is postponed keeps the times at which it should have been, until it gets others.
    """

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
    language: Mapped[str | None]
    """None: that of the training session."""
    host_id: Mapped[int | None] = mapped_column(sa.ForeignKey("host_account.id"), index=True)
    """The account at the meeting provider that opens the link; it can hold one meeting at a time."""

    training: Mapped[TrainingSession] = relationship(back_populates="meetings")
    host: Mapped[HostAccount | None] = relationship()
    interpreters: Mapped[list[Interpreter]] = relationship(
        secondary="meeting_interpreter", order_by="Interpreter.name", viewonly=True
    )
    sites: Mapped[list["Site"]] = relationship(secondary="meeting_site", order_by="Site.id", viewonly=True)
    """Where people join this half-day from; empty stands for all sites of the training session."""

    @property
    def is_postponed(self) -> bool:
        """Whether it waits for another date, by itself or with the whole training session."""
        return self.state is MeetingState.POSTPONED or self.training.state is TrainingState.POSTPONED

    __table_args__ = (sa.UniqueConstraint("training_id", "number"),)


class Site(Base):
    """A place that people join from. A factory room is one connection with many people."""

    __tablename__ = "site"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"), index=True)
    kind: Mapped[SiteKind]
    name: Mapped[str]
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"))
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room.id"), index=True)
    """The room of the register; None for one that was only named."""
    focal_account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    """Who looks after the connection in a factory room."""

    room: Mapped[Room | None] = relationship()


class MeetingSite(Base):
    """A site of the training session that a half-day uses. Without any row it uses them all."""

    __tablename__ = "meeting_site"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))

    __table_args__ = (sa.UniqueConstraint("meeting_id", "site_id"),)


class MeetingInterpreter(Base):
    """An interpreter at a half-day."""

    __tablename__ = "meeting_interpreter"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    interpreter_id: Mapped[int] = mapped_column(sa.ForeignKey("interpreter.id"), index=True)

    __table_args__ = (sa.UniqueConstraint("meeting_id", "interpreter_id"),)


class Trainer(Base):
    """An account that teaches a training session."""

    __tablename__ = "trainer"

    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)

    __table_args__ = (sa.UniqueConstraint("training_id", "account_id"),)
