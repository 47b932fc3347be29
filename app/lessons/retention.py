"""Words and photos of practice tasks are kept for a time; that a task was logged stays."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.factories.models import Factory
from app.lessons.models import PracticeLog
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Logs that were made long enough ago and still say something."""
    before = months_before(now(), settings().keep_evidence_months)
    says = sa.or_(PracticeLog.text != "", PracticeLog.photo_key.is_not(None))
    statement = sa.select(PracticeLog.id).where(PracticeLog.created_at <= before, says).order_by(PracticeLog.id)
    if programmes is None:
        return statement
    return statement.join(Factory, Factory.id == PracticeLog.factory_id).where(Factory.programme_id.in_(programmes))


def forget(log_ids: Collection[int]) -> list[str]:
    """Take words and photos off these logs; answers the keys of the files."""
    mine = PracticeLog.id.in_(log_ids)
    keys = db.session.scalars(sa.select(PracticeLog.photo_key).where(mine, PracticeLog.photo_key.is_not(None))).all()
    db.session.execute(sa.update(PracticeLog).where(mine).values(text="", photo_key=None, photo_kind=None))
    return [key for key in keys if key]
