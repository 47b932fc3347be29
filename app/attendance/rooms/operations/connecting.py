"""When a factory room was connected."""

from collections.abc import Iterable

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance.rooms.models import RoomConnection
from app.attendance.rooms.operations.loading import hold_room
from app.attendance.rooms.operations.minutes import put_minutes
from app.attendance.rooms.rules import Interval, Source
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.refusal import NotFound
from app.sessions.models import Meeting
from app.sessions.rules import SiteKind


def connect(actor: Actor, meeting_id: int, site_id: int) -> None:
    """The focal point says: we are connected. Doing it again changes nothing. Raises NotFound, Refused."""
    meeting, site = hold_room(actor, meeting_id, site_id)
    new = insert(RoomConnection).values(
        meeting_id=meeting.id, site_id=site.id, source=Source.DECLARED, joined_at=now(), noted_at=now(),
        account_id=actor.account_id,
    )  # fmt: skip
    if db.session.scalar(new.on_conflict_do_nothing().returning(RoomConnection.id)) is not None:
        audit.record(actor, "rooms.connect", f"site:{site.id}", meeting=meeting.id)


def disconnect(actor: Actor, meeting_id: int, site_id: int) -> None:
    """The focal point says: we lost the line, or it is over. Doing it again changes nothing. Raises NotFound, Refused.

    After the half-day the minutes stand on the marks of the people of the room.
    """
    meeting, site = hold_room(actor, meeting_id, site_id)
    is_open = sa.and_(
        RoomConnection.meeting_id == meeting.id, RoomConnection.site_id == site.id,
        RoomConnection.source == Source.DECLARED, RoomConnection.left_at.is_(None),
    )  # fmt: skip
    ended = sa.update(RoomConnection).where(is_open).values(left_at=now()).returning(RoomConnection.id)
    if db.session.scalars(ended).all():
        audit.record(actor, "rooms.disconnect", f"site:{site.id}", meeting=meeting.id)
    put_minutes(meeting, site.id)


def connected(
    actor: Actor, meeting: Meeting, site_id: int, intervals: Iterable[Interval], source: Source = Source.REPORT
) -> int:
    """What a source says of when a factory room was connected, instead of what it said before; the minutes stand on the
    marks of its people. The caller holds the half-day - and no people yet - and has asked who may.

    Answers how many people got other minutes. Raises NotFound for what is no factory room of the training session.
    """
    sites = {site.id: site for site in meeting.training.sites}
    if site_id not in sites or sites[site_id].kind is not SiteKind.FACTORY_ROOM:
        raise NotFound
    said = sorted({each.joined_at: each for each in intervals}.items())
    here = sa.and_(
        RoomConnection.meeting_id == meeting.id, RoomConnection.site_id == site_id, RoomConnection.source == source
    )
    db.session.execute(sa.delete(RoomConnection).where(here))
    values = {"meeting_id": meeting.id, "site_id": site_id, "source": source, "account_id": actor.account_id}
    for joined_at, each in said:
        left_at = each.left_at or max(joined_at, meeting.ends_at)
        db.session.add(RoomConnection(**values, joined_at=joined_at, left_at=left_at, noted_at=now()))
    db.session.flush()  # how long it was connected is asked of the database
    audit.record(actor, "rooms.connected", f"site:{site_id}", meeting=meeting.id, source=source.value, times=len(said))
    return put_minutes(meeting, site_id)
