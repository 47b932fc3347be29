"""What the pages of somebody who learns are told of training sessions."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.factories.models import Programme
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import MeetingState, SeatState, TrainingState


@dataclass(frozen=True)
class BookedCourse:
    """The course version of a training session in which a person has a booked seat."""

    version_id: int
    next_at: datetime | None
    """When the half-day that runs or comes next begins; None when all are over."""
    zone: str


def booked_courses(person_id: int) -> list[BookedCourse]:
    """Those with a half-day to come first, then the latest first. One statement."""
    ahead = sa.func.min(sa.case((Meeting.ends_at > now(), Meeting.starts_at)))
    rows = db.session.execute(
        sa.select(TrainingSession.version_id, ahead, Programme.zone)
        .join(Seat, Seat.training_id == TrainingSession.id)
        .join(Programme, Programme.id == TrainingSession.programme_id)
        .outerjoin(
            Meeting, sa.and_(Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED)
        )
        .where(Seat.person_id == person_id, Seat.state == SeatState.BOOKED)
        .where(TrainingSession.state.not_in([TrainingState.CANCELLED, TrainingState.DRAFT]))
        .group_by(TrainingSession.id, TrainingSession.version_id, Programme.zone)
        .order_by(ahead.is_(None), TrainingSession.id.desc())
    )
    return [BookedCourse(row[0], row[1], row[2]) for row in rows]
