"""What a report says of when factory rooms were connected."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.reports.results import Participant
from app.attendance.reports.rules import Choice, Decision
from app.attendance.rooms.models import RoomConnection
from app.attendance.rooms.operations import connected
from app.attendance.rooms.rules import Interval, Source
from app.platform.db import db
from app.sessions.models import Meeting
from app.sessions.rules import SiteKind


def connect_rooms(actor: Actor, meeting: Meeting, chosen: Sequence[tuple[Participant, Choice]]) -> None:
    """Hand on the spans of rooms, and nothing of those that are rooms no more. The caller holds the half-day
    and all who have a seat.
    """
    before = sa.select(RoomConnection.site_id, RoomConnection.joined_at, RoomConnection.left_at).where(
        RoomConnection.meeting_id == meeting.id, RoomConnection.source == Source.REPORT
    )
    known: dict[int, set[Interval]] = {}
    for site_id, joined_at, left_at in db.session.execute(before):
        known.setdefault(site_id, set()).add(Interval(joined_at, left_at))
    said: dict[int, set[Interval]] = {site_id: set() for site_id in known}
    rooms = {site.id for site in meeting.training.sites if site.kind is SiteKind.FACTORY_ROOM}
    for participant, choice in chosen:
        if choice.decision is Decision.ROOM and choice.site_id in rooms:
            said.setdefault(choice.site_id, set()).update(Interval(*span) for span in participant.spans or ())
    for site_id, intervals in sorted(said.items()):
        if intervals != known.get(site_id, set()):
            connected(actor, meeting, site_id, intervals, Source.REPORT)
