"""Sessions that ambassadors held. Append-only: a correction is a row that points at the one it replaces."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.courses.models import Course
from app.factories.models import Factory, Line, Person
from app.factories.rules import JobRole, Sex
from app.improvement.ambassadors.models import Ambassador
from app.improvement.cascade.rules import Heads, Level, Why
from app.platform.db import Base
from app.platform.files.photos import PhotoKind


class CascadeSession(Base):
    """An entry about one session. What counts is the last entry of a chain, unless that says it was not held.

    The level is that of the moment of the entry: what is learnt later of the ambassador does not change what was said.
    """

    __tablename__ = "cascade_session"

    sent_id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    """128 random bits of the form, so that a repeat is recognised."""
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    ambassador_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ambassador.id"), index=True)
    """Who led it; None for somebody who is no ambassador."""
    held_on: Mapped[date]
    theme: Mapped[str]
    """One of `courses.rules.POINTS`."""
    topic: Mapped[str]
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"), index=True)
    """The course that it passes on, if any."""
    minutes: Mapped[int]
    line_id: Mapped[int | None] = mapped_column(sa.ForeignKey("line.id"), index=True)
    level: Mapped[Level]
    has_roster: Mapped[bool]
    women: Mapped[int]
    men: Mapped[int]
    others: Mapped[int]
    first_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cascade_session.id"), index=True)
    """The first entry of the chain; None for itself."""
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cascade_session.id"), unique=True)
    why: Mapped[Why | None]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    """It says that there was no such session."""
    evidence_key: Mapped[str | None]
    evidence_kind: Mapped[PhotoKind | None]
    account_id: Mapped[int | None]
    """Who entered it; None for the ambassador herself, who signed in with card and PIN."""
    entered_at: Mapped[datetime]

    factory: Mapped[Factory] = relationship()
    ambassador: Mapped[Ambassador | None] = relationship()
    course: Mapped[Course | None] = relationship()
    line: Mapped[Line | None] = relationship()

    __table_args__ = (sa.Index("ix_cascade_session_factory_held", "factory_id", "held_on"),)

    @property
    def heads(self) -> Heads:
        return Heads(self.women, self.men, self.others)

    @property
    def root_id(self) -> int:
        return self.first_id or self.id


class CascadePerson(Base):
    """Somebody on the roster of an entry, with role, sex and line of the day."""

    __tablename__ = "cascade_person"

    cascade_id: Mapped[int] = mapped_column(sa.ForeignKey("cascade_session.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[JobRole | None]
    sex: Mapped[Sex | None]
    line: Mapped[str | None]

    person: Mapped[Person] = relationship()

    __table_args__ = (sa.UniqueConstraint("cascade_id", "person_id"),)
