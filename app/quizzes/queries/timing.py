"""How much time an attempt still has."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.factories.models import Programme
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n.formats import local_digits
from app.quizzes.queries.sittings import Sitting
from app.sessions.models import TrainingSession


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Until when answers count, on the clock of the programme, and the seconds until then; `digits` are those of the
    language, from 0 to 9.
    """

    until: datetime
    seconds: int
    digits: str


def time_left(sitting: Sitting) -> TimeLeft | None:
    """None for a quiz without a time limit, which asks nobody to look at a clock. One statement where there is one."""
    if sitting.deadline_at is None or sitting.policy.limit_minutes is None:
        return None
    zone = db.session.scalar(
        sa.select(Programme.zone)
        .join(TrainingSession, TrainingSession.programme_id == Programme.id)
        .where(TrainingSession.id == sitting.training_id)
    )
    return TimeLeft(
        until=sitting.deadline_at.astimezone(ZoneInfo(zone or "UTC")),
        seconds=max(0, round((sitting.deadline_at - now()).total_seconds())),
        digits=local_digits("0123456789"),
    )
