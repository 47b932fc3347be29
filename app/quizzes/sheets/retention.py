"""What was typed from papers is kept as long as answers are; that it was typed, and by whom, stays."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db
from app.quizzes.sheets.models import PaperEntry
from app.sessions.models import TrainingSession


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Entries that were typed long enough ago and still hold answers."""
    before = months_before(now(), settings().keep_answers_months)
    statement = (
        sa.select(PaperEntry.id)
        .where(PaperEntry.at <= before, PaperEntry.choices.is_not(sa.null()))
        .order_by(PaperEntry.id)
    )
    if programmes is None:
        return statement
    here = sa.select(TrainingSession.id).where(TrainingSession.programme_id.in_(programmes))
    return statement.where(PaperEntry.training_id.in_(here))


def forget(entry_ids: Collection[int]) -> list[str]:
    """Take the answers out of the entries."""
    mine = sa.update(PaperEntry).where(PaperEntry.id.in_(entry_ids))
    db.session.execute(mine.values(choices=sa.null()))
    return []
