"""Writing down what providers said. Each is called in the transaction that ends a job, and does nothing when the row
stands for another room by now."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.jobs import enqueue
from app.sessions.links.events import RoomFailed
from app.sessions.links.models import MeetingRoom, RoomVisit
from app.sessions.links.providers import Attendee
from app.sessions.links.queries import holders
from app.sessions.links.rooms import begin_again
from app.sessions.links.rules import TOLD_AFTER, Problem, RoomState
from app.sessions.models import Meeting

_WAITING = (RoomState.WANTED, RoomState.FAILED)


def want_all(training_id: int) -> None:
    """A training session is confirmed: its rooms are made now."""
    here = sa.select(Meeting.id).where(Meeting.training_id == training_id)
    wanted = sa.select(MeetingRoom).where(MeetingRoom.meeting_id.in_(here), MeetingRoom.state == RoomState.WANTED)
    for room in db.session.scalars(wanted.order_by(MeetingRoom.id)):
        enqueue("links.open", dedupe=f"links.open:{room.key}:confirmed", room_id=room.id, key=room.key)


def note_made(room_id: int, key: str, maker: str, details: Mapping[str, Any]) -> None:
    """The room is there. `maker` is who alone may touch it."""
    room = _room(room_id, key)
    if room is not None and room.is_used:
        room.state, room.maker, room.details = RoomState.READY, maker, dict(details)
        room.problem, room.tries, room.changed_at = None, 0, now()


def note_failure(room_id: int, key: str, problem: Problem) -> None:
    """There is no room yet. Who teaches is told once: at once where trying again would not help."""
    room = _room(room_id, key)
    if room is None or room.state not in _WAITING:
        return
    was_told = room.tries >= TOLD_AFTER or (room.problem is not None and room.problem.is_final)
    room.state, room.problem, room.tries, room.changed_at = RoomState.FAILED, problem, room.tries + 1, now()
    if not was_told and (problem.is_final or room.tries >= TOLD_AFTER):
        publish(RoomFailed(room.id))


def note_end(room_id: int, key: str, *, is_over: bool) -> None:
    """The room was ended. When its half-day is still to come, as after a postponement, another one is wanted."""
    room = _room(room_id, key)
    if room is None or not room.is_used:
        return
    if is_over:
        room.state, room.problem, room.changed_at = RoomState.ENDED, None, now()
    else:
        begin_again(room)


def note_seen(room_id: int, key: str, attendees: Sequence[Attendee]) -> None:
    """Who is in the room, as far as the provider says. Who came by another link than ours is noted by name alone."""
    room = _room(room_id, key)
    if room is None or not attendees:
        return
    seats = {holder.mark: holder.seat_id for holder in holders(room)}
    note_visits(room.id, ((each, seats.get(each.mark)) for each in attendees))


def note_visits(room_id: int, visits: Iterable[tuple[Attendee, int | None]]) -> None:
    """Somebody is there now: one row for each, with the first and the last time. None of them goes back in time."""
    at = now()
    for attendee, seat_id in visits:
        fresh = {"room_id": room_id, "mark": attendee.mark[:64], "name": attendee.name[:200], "seat_id": seat_id}
        db.session.execute(
            insert(RoomVisit)
            .values(**fresh, came_at=at, seen_at=at)
            .on_conflict_do_update(index_elements=["room_id", "mark"], set_={"seen_at": at})
        )


def _room(room_id: int, key: str) -> MeetingRoom | None:
    """The row, locked, while it still stands for the room of this name."""
    named = sa.select(MeetingRoom).where(MeetingRoom.id == room_id, MeetingRoom.key == key)
    return db.session.scalar(named.with_for_update().execution_options(populate_existing=True))
