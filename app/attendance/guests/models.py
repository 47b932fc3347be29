"""Unknown people of training sessions, and what was marked of them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.attendance.guests.rules import GuestState
from app.attendance.rules import Evidence, Flag, Mark
from app.factories.models import Factory, Person
from app.platform.db import Base
from app.sessions.models import Site


class Guest(Base):
    """Somebody who was there and whom nobody found in the register. Names stand here, where they can be erased."""

    __tablename__ = "guest"

    key: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """128 random bits, chosen by whoever met the guest first, so that a repeat is recognised."""
    training_id: Mapped[int] = mapped_column(sa.ForeignKey("training_session.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"))
    """Where the guest joined from; None where nobody said."""
    factory_id: Mapped[int | None] = mapped_column(sa.ForeignKey("factory.id"), index=True)
    factory_name: Mapped[str] = mapped_column(server_default="")
    """As somebody said it, where the factory is in no list."""
    name: Mapped[str]
    """In whatever script. Empty once it was forgotten."""
    number: Mapped[str] = mapped_column(server_default="")
    """The employee number that the guest gave."""
    told: Mapped[int] = mapped_column(server_default="0")
    """The marker's count of what is known of the guest: only what is said later corrects it."""
    state: Mapped[GuestState] = mapped_column(server_default=GuestState.OPEN.value)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    """Who it turned out to be."""
    revision: Mapped[int] = mapped_column(server_default="0")
    """How often it was decided who it is."""
    gave_seat: Mapped[bool] = mapped_column(server_default=sa.false())
    """Whether the person has a seat only because of it."""
    account_id: Mapped[int | None]
    created_at: Mapped[datetime]

    factory: Mapped[Factory | None] = relationship()
    site: Mapped[Site | None] = relationship()
    person: Mapped[Person | None] = relationship()


class GuestMark(Base):
    """One act of marking a guest; never changed, never removed. The columns mean what they mean in `MarkEntry`."""

    __tablename__ = "guest_mark"

    mark_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    guest_id: Mapped[int] = mapped_column(sa.ForeignKey("guest.id"))
    mark: Mapped[Mark]
    evidence: Mapped[Evidence]
    minutes: Mapped[int | None]
    marker: Mapped[str]
    counter: Mapped[int]
    seen: Mapped[list[str]]
    account_id: Mapped[int | None]
    at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    flag: Mapped[Flag | None]

    __table_args__ = (sa.Index("ix_guest_mark_guest_meeting", "guest_id", "meeting_id"),)
