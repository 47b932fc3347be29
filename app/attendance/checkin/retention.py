"""With which phone somebody checked in is kept for a time; that somebody did stays."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.attendance.checkin.models import CheckIn, OldCode
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Check-ins that were long enough ago and that still know the phone."""
    return _long_ago(CheckIn, programmes).where(CheckIn.device != "")


def due_old_codes(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Phones that came with an old code long enough ago."""
    return _long_ago(OldCode, programmes)


def forget(check_in_ids: Collection[int]) -> list[str]:
    """Take the marks of the phones out."""
    db.session.execute(sa.update(CheckIn).where(CheckIn.id.in_(check_in_ids)).values(device=""))
    return []


def forget_old_codes(ids: Collection[int]) -> list[str]:
    """Delete what is known of phones that came with an old code."""
    db.session.execute(sa.delete(OldCode).where(OldCode.id.in_(ids)))
    return []


def _long_ago(model: type[CheckIn] | type[OldCode], programmes: Collection[int] | None) -> sa.Select[Any]:
    statement = sa.select(model.id).where(model.at <= months_before(now(), settings().keep_evidence_months))
    if programmes is not None:
        here = (
            sa.select(Meeting.id)
            .join(TrainingSession, TrainingSession.id == Meeting.training_id)
            .where(TrainingSession.programme_id.in_(programmes))
        )
        statement = statement.where(model.meeting_id.in_(here))
    return statement.order_by(model.id)
