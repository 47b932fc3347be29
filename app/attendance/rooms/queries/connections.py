"""How long factory rooms were connected, as far as anybody says."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from app.attendance.rooms.models import RoomConnection
from app.attendance.rooms.rules import Connection, Interval, Source, connection
from app.platform.clock import now
from app.platform.db import db
from app.sessions.links.models import MeetingRoom, RoomVisit
from app.sessions.links.rules import of_site
from app.sessions.models import Meeting

_Known = dict[Source, list[Interval]]


def connection_of(meeting: Meeting, site_id: int) -> Connection | None:
    """Of one room at a half-day; None where nobody says."""
    return connections(meeting, [site_id]).get(site_id)


def connections(meeting: Meeting, site_ids: Collection[int]) -> dict[int, Connection]:
    """Of rooms at a half-day, by site. Two statements."""
    known: dict[int, _Known] = defaultdict(lambda: defaultdict(list))
    rows = sa.select(RoomConnection).where(
        RoomConnection.meeting_id == meeting.id, RoomConnection.site_id.in_(site_ids)
    )
    for row in db.session.scalars(rows):
        known[row.site_id][row.source].append(Interval(row.joined_at, row.left_at))
    marks = {of_site(site_id, "").mark: site_id for site_id in site_ids}
    for mark, came_at, seen_at in _visits(meeting.id, marks):
        known[marks[mark]][Source.DOOR].append(Interval(came_at, seen_at))
    at = now()
    found = {site_id: connection(each, meeting.starts_at, meeting.ends_at, at) for site_id, each in known.items()}
    return {site_id: each for site_id, each in found.items() if each}


def _visits(meeting_id: int, marks: Collection[str]) -> Sequence[Any]:
    """Through our own door, where the provider says for how long."""
    rows: Sequence[Any] = db.session.execute(
        sa.select(RoomVisit.mark, RoomVisit.came_at, RoomVisit.seen_at)
        .join(MeetingRoom, MeetingRoom.id == RoomVisit.room_id)
        .where(
            MeetingRoom.meeting_id == meeting_id, RoomVisit.mark.in_(marks), RoomVisit.seen_at > RoomVisit.came_at
        )
    ).all()
    return rows
