"""Links that people are given: the pasted one as it is, or one of our own that leads into a room."""

from collections.abc import Collection

import sqlalchemy as sa

from app.platform.config import settings
from app.platform.db import db
from app.sessions.links.models import MeetingRoom
from app.sessions.links.rules import USED, Holder, token
from app.sessions.models import Meeting


def rooms_of(meeting_ids: Collection[int]) -> dict[int, MeetingRoom]:
    """Half-day -> its room, for those that are joined through one. One statement."""
    used = sa.and_(MeetingRoom.meeting_id.in_(meeting_ids), MeetingRoom.state.in_(USED))
    return {room.meeting_id: room for room in db.session.scalars(sa.select(MeetingRoom).where(used))}


def link_for(meeting: Meeting, room: MeetingRoom | None, holder: Holder) -> str | None:
    """What a calendar or a notice says: the same for as long as the holder may come in. None where there is none yet,
    and on a site without https, whose addresses no calendar may hold.
    """
    if room is None:
        return meeting.join_url
    base = settings().base_url
    return f"{base}/meet/{token(room.id, room.seed, holder)}" if base.startswith("https://") else None
