"""When half-days are over, the minutes of factory rooms are put on the marks of their people."""

from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from app.attendance import rules
from app.attendance.operations.loading import hold_training
from app.attendance.rooms import operations
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs import Done, enqueue
from app.sessions.links.rules import STAYS_OPEN
from app.sessions.models import Meeting, Site, TrainingSession
from app.sessions.rules import MeetingState, SiteKind, TrainingState

EVERY = timedelta(minutes=15)
_FOR = timedelta(days=1)


def find_due() -> Done:
    """By the clock: one job for each factory room whose half-day was over a while ago."""
    at = now() - STAYS_OPEN
    due = db.session.execute(
        sa.select(Meeting.id, Site.id, Meeting.ends_at)
        .join(TrainingSession, TrainingSession.id == Meeting.training_id)
        .join(Site, Site.training_id == Meeting.training_id)
        .where(
            Site.kind == SiteKind.FACTORY_ROOM, Meeting.state == MeetingState.PLANNED, Meeting.ends_at <= at,
            Meeting.ends_at > at - _FOR, TrainingSession.state == TrainingState.CONFIRMED,
        )
        .order_by(Meeting.id, Site.id)
    ).all()  # fmt: skip
    return Done(lambda: _enqueue([(meeting_id, site_id, ends_at) for meeting_id, site_id, ends_at in due]))


def put_minutes(meeting_id: int, site_id: int) -> Done:
    """What the connection came to, unless the half-day is not held any more or all is closed. Saying it twice is saying
    it once.
    """
    return Done(partial(_put, meeting_id, site_id))


def _put(meeting_id: int, site_id: int) -> None:
    meeting = hold_training(meeting_id)
    if rules.hindrance(meeting.training.state, meeting.state, meeting.starts_at, now()) is None:
        operations.put_minutes(meeting, site_id)


def _enqueue(due: list[tuple[int, int, datetime]]) -> None:
    for meeting_id, site_id, ends_at in due:
        once = f"rooms:{meeting_id}:{site_id}:{ends_at:%Y%m%d%H%M}"
        enqueue("rooms.put_minutes", dedupe=once, meeting_id=meeting_id, site_id=site_id)
