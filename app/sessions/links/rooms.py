"""Wanting a room for a half-day, and leaving it. Who may, the verbs have asked."""

from secrets import token_hex, token_urlsafe

import sqlalchemy as sa

from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs import enqueue
from app.sessions.links.models import MeetingRoom
from app.sessions.links.rules import Provider, RoomState
from app.sessions.models import Meeting


def room_at(meeting_id: int) -> MeetingRoom | None:
    """The room of a half-day, also one that is not used any more."""
    return db.session.scalar(sa.select(MeetingRoom).where(MeetingRoom.meeting_id == meeting_id))


def want(meeting: Meeting, provider: Provider) -> MeetingRoom:
    """From now on the half-day is joined through a room, which a job makes once the training session is confirmed."""
    room = room_at(meeting.id)
    if room is None:
        room = MeetingRoom(meeting_id=meeting.id, seed=token_urlsafe(32))
        db.session.add(room)
    elif room.state is RoomState.READY:
        _end(room)
    room.provider, meeting.join_url = provider, None
    begin_again(room)
    return room


def begin_again(room: MeetingRoom) -> None:
    """A room of another name, made by a job as soon as the training session is confirmed. What was made under the old
    name is touched no more.
    """
    room.key, room.maker, room.details = token_hex(16), "", {}
    room.state, room.problem, room.tries, room.changed_at = RoomState.WANTED, None, 0, now()
    db.session.flush()  # the job needs the id
    enqueue("links.open", dedupe=f"links.open:{room.key}", room_id=room.id, key=room.key)


def leave(meeting: Meeting) -> None:
    """The half-day is joined in another way now, or not at all: links into the room end with it."""
    room = room_at(meeting.id)
    if room is None or not room.is_used:
        return
    if room.state is RoomState.READY:
        _end(room)
    room.state, room.problem, room.changed_at = RoomState.ENDED, None, now()


def _end(room: MeetingRoom) -> None:
    """By a job that knows all it needs: the row may stand for another room by then."""
    enqueue(
        "links.end", dedupe=f"links.end:{room.key}", room_id=room.id, key=room.key, maker=room.maker,
        provider=room.provider.value, is_over=True,
    )
