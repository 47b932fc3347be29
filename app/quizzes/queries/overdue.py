"""Attempts that nobody handed in."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from app.platform.db import db
from app.quizzes.models import Attempt
from app.quizzes.rules import AttemptState
from app.quizzes.rules.limits import GRACE

_AT_ONCE = 500


def overdue(at: datetime) -> Sequence[tuple[int, datetime]]:
    """Ids and deadlines of running attempts whose deadline and grace are over, the oldest first. Those that can still
    be handed in have a job of their own for the end of that.
    """
    rows = db.session.execute(
        sa.select(Attempt.id, Attempt.deadline_at)
        .where(Attempt.state == AttemptState.IN_PROGRESS, Attempt.deadline_at < at - GRACE)
        .order_by(Attempt.deadline_at, Attempt.id)
        .limit(_AT_ONCE)
    )
    return [(row.id, row.deadline_at) for row in rows]
