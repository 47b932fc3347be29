"""Rooms with what they are for."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.platform.db import db
from app.platform.i18n import text
from app.sessions.links.models import MeetingRoom, RoomVisit
from app.sessions.links.providers import Wanted
from app.sessions.links.rules import OPENS_BEFORE, STAYS_OPEN, USED
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState, TrainingState

_HELD = (Meeting.state == MeetingState.PLANNED, TrainingSession.state == TrainingState.CONFIRMED)
_STAFF = 10
"""Places in a room beyond those for people with seats."""


def rooms_with_trainings(*conditions: Any) -> list[MeetingRoom]:
    """Rooms, each with half-day, training session and course version."""
    training = joinedload(MeetingRoom.meeting).joinedload(Meeting.training)
    statement = (
        sa.select(MeetingRoom)
        .join(Meeting, Meeting.id == MeetingRoom.meeting_id)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .where(*conditions)
        .options(training.joinedload(TrainingSession.version))
        .order_by(Meeting.starts_at, MeetingRoom.id)
    )
    return list(db.session.scalars(statement))


def room_in_use(room_id: int) -> MeetingRoom | None:
    """A room by which its half-day is joined."""
    found = rooms_with_trainings(MeetingRoom.id == room_id, MeetingRoom.state.in_(USED), *_HELD)
    return found[0] if found else None


def room_of_meeting(training_id: int, number: int) -> MeetingRoom | None:
    """As `room_in_use`, by the number of the half-day."""
    here = sa.and_(Meeting.training_id == training_id, Meeting.number == number)
    found = rooms_with_trainings(here, MeetingRoom.state.in_(USED), *_HELD)
    return found[0] if found else None


def wanted_of(room: MeetingRoom) -> Wanted:
    """The room as its provider should make it: in the language of the training session, with no name of a factory."""
    training = room.meeting.training
    slack: timedelta = OPENS_BEFORE + STAYS_OPEN + timedelta(hours=1)
    return Wanted(
        key=room.key,
        seed=room.seed,
        title=f"{text(training.version.titles, training.language)}, {training.code}",
        length=room.meeting.ends_at - room.meeting.starts_at + slack,
        most_people=training.capacity_in_person + training.capacity_virtual + _STAFF,
    )


def visits(room_ids: list[int]) -> dict[int, list[RoomVisit]]:
    """Room -> who came in, in the order in which they came."""
    found: dict[int, list[RoomVisit]] = {}
    statement = sa.select(RoomVisit).where(RoomVisit.room_id.in_(room_ids)).order_by(RoomVisit.came_at, RoomVisit.id)
    for visit in db.session.scalars(statement):
        found.setdefault(visit.room_id, []).append(visit)
    return found
