"""Names of who came into meeting rooms are kept for a time; that somebody came stays."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db
from app.sessions.links.models import MeetingRoom, RoomVisit
from app.sessions.models import Meeting, TrainingSession


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Visits that were long enough ago and that still name somebody."""
    before = months_before(now(), settings().keep_evidence_months)
    statement = sa.select(RoomVisit.id).where(RoomVisit.name != "", RoomVisit.seen_at <= before)
    if programmes is not None:
        rooms = (
            sa.select(MeetingRoom.id)
            .join(Meeting, Meeting.id == MeetingRoom.meeting_id)
            .join(TrainingSession, TrainingSession.id == Meeting.training_id)
            .where(TrainingSession.programme_id.in_(programmes))
        )
        statement = statement.where(RoomVisit.room_id.in_(rooms))
    return statement.order_by(RoomVisit.id)


def forget(visit_ids: Collection[int]) -> list[str]:
    """Take the names out."""
    db.session.execute(sa.update(RoomVisit).where(RoomVisit.id.in_(visit_ids)).values(name=""))
    return []
