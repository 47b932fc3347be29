"""Reading the queue."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs.models import Job


def unfinished(limit: int = 200) -> Sequence[Job]:
    """Open and dead jobs, oldest first."""
    statement = sa.select(Job).where(Job.done_at.is_(None)).order_by(Job.run_at, Job.id).limit(limit)
    return db.session.scalars(statement).all()


def delay() -> timedelta:
    """How long the oldest due job has been waiting; zero when none is. What goes ahead of others says nothing of it."""
    waiting = Job.done_at.is_(None), Job.failed_at.is_(None), Job.run_at >= Job.created_at
    oldest = db.session.scalar(sa.select(Job.run_at).where(*waiting).order_by(Job.run_at).limit(1))
    return max(now() - oldest, timedelta()) if oldest else timedelta()
