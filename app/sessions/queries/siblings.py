"""Training sessions that came from one another: copies, repeats, cohorts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession
from app.sessions.queries.lookup import visible
from app.sessions.rules import MeetingState, TrainingState

_MOST = 60


@dataclass(frozen=True)
class Sibling:
    """Another one of the same origin."""

    training_id: int
    code: str
    cohort: str | None
    state: TrainingState
    first: datetime | None


def siblings(actor: Actor, training: TrainingSession) -> Sequence[Sibling]:
    """The origin and everything that was made of it, as far as the actor sees it, the nearest first. One statement."""
    origin = training.origin_id or training.id
    first = sa.func.min(Meeting.starts_at).label("first")
    is_held = sa.and_(Meeting.training_id == TrainingSession.id, Meeting.state != MeetingState.CANCELLED)
    rows = db.session.execute(
        sa.select(TrainingSession.id, TrainingSession.code, TrainingSession.cohort, TrainingSession.state, first)
        .outerjoin(Meeting, is_held)
        .where(sa.or_(TrainingSession.id == origin, TrainingSession.origin_id == origin))
        .where(TrainingSession.id != training.id, visible(actor))
        .group_by(TrainingSession.id, TrainingSession.code, TrainingSession.cohort, TrainingSession.state)
        .order_by(first.is_(None), first, TrainingSession.id)
        .limit(_MOST)
    )
    return [Sibling(*row) for row in rows]
