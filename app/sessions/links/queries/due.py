"""What must be done about rooms now."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from app.platform.clock import now
from app.platform.db import db
from app.sessions.links.models import MeetingRoom
from app.sessions.links.rules import OPENS_BEFORE, STAYS_OPEN, USED, Provider, RoomState
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState, Modality, TrainingState


class Task(StrEnum):
    """What a room needs."""

    OPEN = "open"
    WATCH = "watch"
    GIVE_UP = "give_up"
    """It is not needed now, or not ours any more: it is ended, and another one is made when there is need."""
    END = "end"


@dataclass(frozen=True)
class Due:
    """A room that needs something."""

    task: Task
    room_id: int
    key: str
    maker: str
    provider: Provider


def due(makers: Collection[str]) -> list[Due]:
    """Rooms of confirmed half-days are made; they are looked after from half an hour before until they are over; those
    of half-days that are over or not held by link, and those that none of today's `makers` has made, are ended.
    One statement.
    """
    at = now()
    is_held = sa.and_(
        Meeting.state == MeetingState.PLANNED,
        Meeting.modality != Modality.IN_PERSON,
        TrainingSession.state == TrainingState.CONFIRMED,
    )
    ready = MeetingRoom.state == RoomState.READY
    task = sa.case(
        (Meeting.ends_at <= at - STAYS_OPEN, Task.END.value),
        (sa.and_(ready, sa.or_(sa.not_(is_held), MeetingRoom.maker.not_in(makers))), Task.GIVE_UP.value),
        (sa.and_(ready, Meeting.starts_at <= at + OPENS_BEFORE), Task.WATCH.value),
        (sa.and_(MeetingRoom.state == RoomState.WANTED, is_held), Task.OPEN.value),
    )
    rows = db.session.execute(
        sa.select(task, MeetingRoom.id, MeetingRoom.key, MeetingRoom.maker, MeetingRoom.provider)
        .join(Meeting, Meeting.id == MeetingRoom.meeting_id)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .where(MeetingRoom.state.in_(USED), task.is_not(None))
        .order_by(MeetingRoom.id)
    )
    return [Due(Task(row[0]), *row[1:]) for row in rows]
