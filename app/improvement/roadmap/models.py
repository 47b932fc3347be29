"""Tables of roadmaps: what a factory does, and everything that ever happened to it."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.courses.models import Course
from app.factories.models import Factory
from app.factories.rules import JobRole
from app.improvement.diagnostics.models import Diagnostic
from app.improvement.findings.models import Finding
from app.improvement.findings.training import Step
from app.improvement.roadmap.rules import OPEN, ActionState, Change, DropReason, OwnerTitle
from app.platform.db import Base


class RoadmapAction(Base):
    """What a factory does in a cycle about a finding or a need: some people take a course, and a step is taken.

    It names no people: its owner is an account or a title. `started` and `completed` are how many people are on their
    way and have completed the course, kept by `operations.settle`.
    """

    __tablename__ = "roadmap_action"

    sent_id: Mapped[str | None] = mapped_column(sa.String(32))
    """128 random bits of the form, so that a repeat is recognised."""
    factory_id: Mapped[int] = mapped_column(sa.ForeignKey("factory.id"))
    cycle_on: Mapped[date]
    """The first day of the cycle of the factory in which it began."""
    theme: Mapped[str]
    point: Mapped[str | None]
    finding_id: Mapped[int | None] = mapped_column(sa.ForeignKey("finding.id"), index=True)
    """The finding that it answers."""
    diagnostic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("diagnostic.id"), index=True)
    """The answers of a diagnostic that showed the need."""
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"), index=True)
    roles: Mapped[list[str]]
    """Roles of those who are to take the course; empty: everybody."""
    people: Mapped[int]
    step: Mapped[Step]
    step_note: Mapped[str]
    """The step in the factory's own words."""
    step_done_on: Mapped[date | None]
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    owner_title: Mapped[OwnerTitle | None]
    starts_on: Mapped[date]
    """What people reached since this day counts."""
    due_on: Mapped[date]
    state: Mapped[ActionState]
    started: Mapped[int] = mapped_column(default=0)
    completed: Mapped[int] = mapped_column(default=0)
    reason: Mapped[DropReason | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    factory: Mapped[Factory] = relationship()
    course: Mapped[Course | None] = relationship()
    owner: Mapped[Account | None] = relationship()
    finding: Mapped[Finding | None] = relationship()
    diagnostic: Mapped[Diagnostic | None] = relationship()

    __table_args__ = (
        sa.CheckConstraint("(owner_id IS NULL) <> (owner_title IS NULL)", name="one_owner"),
        sa.CheckConstraint("people >= 0", name="people"),
        sa.Index("uq_roadmap_action_sent_id", "sent_id", unique=True),
        sa.Index("ix_roadmap_action_factory_cycle", "factory_id", "cycle_on"),
        sa.Index("ix_roadmap_action_factory_course", "factory_id", "course_id", "state"),
    )

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def job_roles(self) -> tuple[JobRole, ...]:
        return tuple(map(JobRole, self.roles))


class RoadmapChange(Base):
    """Something that happened to an action. Triggers refuse to change or remove it."""

    __tablename__ = "roadmap_change"

    action_id: Mapped[int] = mapped_column(sa.ForeignKey("roadmap_action.id"), index=True)
    change: Mapped[Change]
    state: Mapped[ActionState]
    """How far the action was afterwards."""
    started: Mapped[int]
    completed: Mapped[int]
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    """None when it moved by itself."""
    details: Mapped[dict[str, Any]]
