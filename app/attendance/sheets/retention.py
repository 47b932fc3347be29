"""Photos of sheets are kept for a time; that there were some stays."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from app.attendance.sheets.models import SheetPhoto
from app.factories.models import Person
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Photos that were taken long enough ago and are still there."""
    before = months_before(now(), settings().keep_evidence_months)
    is_due = sa.and_(SheetPhoto.at <= before, SheetPhoto.file_key.is_not(None))
    statement = sa.select(SheetPhoto.id).where(is_due).order_by(SheetPhoto.id)
    if programmes is None:
        return statement
    own = sa.select(Meeting.id).join(TrainingSession, TrainingSession.id == Meeting.training_id)
    return statement.where(SheetPhoto.meeting_id.in_(own.where(TrainingSession.programme_id.in_(programmes))))


def forget(row_ids: Collection[int]) -> list[str]:
    """Take the files off these photos; answers their keys."""
    mine = SheetPhoto.id.in_(row_ids)
    keys = db.session.scalars(sa.select(SheetPhoto.file_key).where(mine, SheetPhoto.file_key.is_not(None))).all()
    db.session.execute(sa.update(SheetPhoto).where(mine).values(file_key=None))
    return [key for key in keys if key]


def of_nobody_else(person_ids: Collection[int]) -> list[int]:
    """Photos of training sessions in which one of these people has a seat, and else only people without a name."""
    kept = sa.select(SheetPhoto.id).where(SheetPhoto.file_key.is_not(None))
    return list(db.session.scalars(kept.where(SheetPhoto.meeting_id.in_(meetings_of_nobody_else(person_ids)))))


def meetings_of_nobody_else(person_ids: Collection[int]) -> sa.Select[Any]:
    """Half-days of such training sessions."""
    own = sa.select(Seat.training_id).where(Seat.person_id.in_(person_ids))
    others = (
        sa.select(Seat.training_id)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.person_id.not_in(person_ids), Person.erased_at.is_(None))
    )
    return sa.select(Meeting.id).where(Meeting.training_id.in_(own), Meeting.training_id.not_in(others))
