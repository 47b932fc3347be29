"""Who unknown people said to be is kept for a time; that somebody was there stays."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.attendance.guests.models import Guest
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Guests of training sessions that ended long enough ago, and that still have a name."""
    before = months_before(now(), settings().keep_evidence_months)
    lasts = sa.exists().where(Meeting.training_id == Guest.training_id, Meeting.ends_at > before)
    statement = sa.select(Guest.id).where(Guest.name != "", Guest.created_at <= before, ~lasts)
    if programmes is not None:
        own = sa.select(TrainingSession.id).where(TrainingSession.programme_id.in_(programmes))
        statement = statement.where(Guest.training_id.in_(own))
    return statement.order_by(Guest.id)


def forget(guest_ids: Collection[int]) -> list[str]:
    """Take out the name, the number and the factory in words."""
    forgotten = {"name": "", "number": "", "factory_name": ""}
    db.session.execute(sa.update(Guest).where(Guest.id.in_(guest_ids)).values(**forgotten))
    return []
