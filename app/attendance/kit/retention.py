"""What phones brought and nobody could take down is kept for a time; that it came, and what was answered, stays."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.attendance.kit.models import HeldDecision, HeldMark, KitReceipt, KitSheet
from app.attendance.kit.rules import Decision
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db, insert
from app.sessions.models import Meeting, TrainingSession

SHEETS_LAST = timedelta(days=400)
"""So long at least a phone may be away and still prove by its sheet what it could mark."""


def says_something() -> sa.ColumnElement[bool]:
    """Held records of which not all is forgotten."""
    return sa.or_(sa.cast(HeldMark.content, sa.String) != "{}", HeldMark.note != "")


def due(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """Held records that came long enough ago and still say something, decided or not."""
    came = sa.select(KitReceipt.id).where(KitReceipt.at <= _before())
    statement = sa.select(HeldMark.id).where(says_something(), HeldMark.receipt_id.in_(came)).order_by(HeldMark.id)
    if programmes is None:
        return statement
    own = _meetings_of(programmes)
    phones = sa.select(KitSheet.device_id).where(KitSheet.meeting_id.in_(own))
    unknown = sa.and_(HeldMark.meeting_id.is_(None), HeldMark.device_id.in_(phones))
    return statement.where(sa.or_(HeldMark.meeting_id.in_(own), unknown))


def forget(held_ids: Collection[int]) -> list[str]:
    """Take out what they say and why somebody set them aside; what nobody has decided is set aside, for nobody can any
    more. Answers the keys of their photos.
    """
    keys = []
    for row in db.session.scalars(sa.select(HeldMark).where(HeldMark.id.in_(held_ids)).order_by(HeldMark.id)):
        keys += [row.content["file"]] if "file" in row.content else []
        row.content, row.note = {}, ""
        over = {"receipt_id": row.receipt_id, "decision": Decision.SET_ASIDE, "account_id": None, "at": now()}
        db.session.execute(insert(HeldDecision).values(**over).on_conflict_do_nothing(index_elements=["receipt_id"]))
    db.session.flush()
    return keys


def due_sheets(programmes: Collection[int] | None = None) -> sa.Select[Any]:
    """What phones took along long enough ago, of half-days that are over, where nothing of the phone is held here."""
    before = min(_before(), now() - SHEETS_LAST)
    over = sa.exists().where(Meeting.id == KitSheet.meeting_id, Meeting.ends_at <= before)
    about = sa.or_(HeldMark.meeting_id.is_(None), HeldMark.meeting_id == KitSheet.meeting_id)
    waits = sa.exists().where(HeldMark.device_id == KitSheet.device_id, about, says_something())
    statement = sa.select(KitSheet.id).where(KitSheet.at <= before, over, ~waits).order_by(KitSheet.id)
    return statement if programmes is None else statement.where(KitSheet.meeting_id.in_(_meetings_of(programmes)))


def forget_sheets(sheet_ids: Collection[int]) -> list[str]:
    """Delete that they were taken along."""
    db.session.execute(sa.delete(KitSheet).where(KitSheet.id.in_(sheet_ids)))
    return []


def _before() -> datetime:
    return months_before(now(), settings().keep_evidence_months)


def _meetings_of(programmes: Collection[int]) -> sa.Select[Any]:
    own = sa.select(Meeting.id).join(TrainingSession, TrainingSession.id == Meeting.training_id)
    return own.where(TrainingSession.programme_id.in_(programmes))
