"""Answers are kept for a time; what they were worth stays."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.platform.clock import months_before, now
from app.platform.config import Settings
from app.platform.db import db
from app.quizzes.models import Answer, Attempt
from app.sessions.models import TrainingSession


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Answers of attempts that ended long enough ago."""
    settings: Settings = current_app.extensions["settings"]
    before = months_before(now(), settings.keep_answers_months)
    statement = (
        sa.select(Answer.id)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(sa.func.coalesce(Attempt.deadline_at, Attempt.submitted_at, Attempt.started_at) <= before)
        .order_by(Answer.id)
    )
    if programmes is None:
        return statement
    here = sa.select(TrainingSession.id).where(TrainingSession.programme_id.in_(programmes))
    return statement.where(Attempt.training_id.in_(here))


def forget(answer_ids: Collection[int]) -> list[str]:
    """Delete the answers."""
    db.session.execute(sa.delete(Answer).where(Answer.id.in_(answer_ids)))
    return []
