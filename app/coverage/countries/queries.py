"""What the pages of programmes read, each in one statement. The caller has checked the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.courses.models import CourseVersion
from app.factories.models import Factory, Programme
from app.factories.queries import open_on
from app.improvement.findings.models import Finding
from app.improvement.findings.rules import UNSOLVED
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, Trainer, TrainingSession
from app.sessions.rules import MeetingState, Modality, SeatState, TrainingState

MOST_CANCELLED = 50
_TAUGHT = (TrainingState.CONFIRMED, TrainingState.CLOSED)


def programmes(actor: Actor) -> Sequence[Programme]:
    """The programmes that the actor looks after as a whole, by code."""
    scope = actor.scope(Permission.REQUIREMENTS_READ)
    statement = sa.select(Programme).order_by(Programme.code)
    own = sa.true() if scope.everything else Programme.id.in_(scope.programmes)
    return db.session.scalars(statement.where(own)).all()


def factories(programme_ids: Sequence[int], on: date | None = None) -> Sequence[Factory]:
    """Their factories that are not closed, or were not on a day."""
    own = sa.and_(Factory.programme_id.in_(programme_ids), open_on(on))
    statement = sa.select(Factory).where(own)
    return db.session.scalars(statement.options(joinedload(Factory.programme)).order_by(Factory.id)).all()


def factories_of(programme_ids: Sequence[int], on: date | None = None) -> dict[int, int]:
    """Programme -> how many of its factories are not closed, or were not on a day."""
    own = sa.and_(Factory.programme_id.in_(programme_ids), open_on(on))
    counted = sa.select(Factory.programme_id, sa.func.count()).where(own).group_by(Factory.programme_id)
    return {row[0]: row[1] for row in db.session.execute(counted)}


@dataclass(frozen=True)
class Load:
    """Half-days of one trainer: held since a moment, and still planned."""

    name: str
    held: int
    planned: int


def loads(programme_id: int, since: datetime) -> list[Load]:
    """Who teaches how much, the busiest first."""
    is_over = Meeting.ends_at <= now()
    held, planned = (sa.func.count(sa.case((which, Meeting.id)).distinct()) for which in (is_over, ~is_over))
    rows = db.session.execute(
        sa.select(Account.name, held, planned)
        .join(Trainer, Trainer.account_id == Account.id)
        .join(TrainingSession, TrainingSession.id == Trainer.training_id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(
            TrainingSession.programme_id == programme_id, TrainingSession.state.in_(_TAUGHT),
            Meeting.state == MeetingState.PLANNED, Meeting.starts_at >= since,
        )
        .group_by(Account.id, Account.name)
    )  # fmt: skip
    return sorted((Load(*row) for row in rows), key=lambda each: (-each.held - each.planned, each.name))


def cancelled(programme_id: int, since: datetime) -> Sequence[Any]:
    """Training sessions that were to begin since a moment and were cancelled: id, code, titles, reason, first."""
    first = sa.func.min(Meeting.starts_at, type_=Meeting.starts_at.type).label("first")
    return db.session.execute(
        sa.select(
            TrainingSession.id, TrainingSession.code, CourseVersion.titles,
            TrainingSession.cancelled_reason.label("reason"), first,
        )
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(TrainingSession.programme_id == programme_id, TrainingSession.state == TrainingState.CANCELLED)
        .group_by(TrainingSession.id, TrainingSession.code, CourseVersion.id, TrainingSession.cancelled_reason)
        .having(first.element >= since)
        .order_by(first.desc())
        .limit(MOST_CANCELLED)
    ).all()  # fmt: skip


def seats_by_link(programme_id: int, since: datetime) -> tuple[int, int]:
    """Of the people booked in training sessions that were closed since a moment: those by link, and all."""
    held = sa.select(Meeting.training_id).where(Meeting.starts_at >= since, Meeting.state == MeetingState.PLANNED)
    row = db.session.execute(
        sa.select(sa.func.count(sa.case((Seat.modality == Modality.VIRTUAL, 1))), sa.func.count())
        .join(TrainingSession, TrainingSession.id == Seat.training_id)
        .where(
            TrainingSession.programme_id == programme_id, TrainingSession.state == TrainingState.CLOSED,
            TrainingSession.id.in_(held), Seat.state == SeatState.BOOKED, Seat.person_id.is_not(None),
        )
    ).one()  # fmt: skip
    return row[0], row[1]


def open_findings(actor: Actor, programme_id: int) -> dict[str, int]:
    """Theme -> questions that are not closed, of all factories; nothing where the actor may not see it."""
    if not actor.scope(Permission.FINDINGS_READ).reaches(programme_id):
        return {}
    rows = db.session.execute(
        sa.select(Finding.cluster, sa.func.count())
        .join(Factory, Factory.id == Finding.factory_id)
        .where(Factory.programme_id == programme_id, Finding.is_current, Finding.status.in_(UNSOLVED))
        .group_by(Finding.cluster)
    )
    return {row[0]: row[1] for row in rows}
