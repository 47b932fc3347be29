"""What accounts want to be told."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.queries import FocalPoint
from app.notifications.models import NotificationChoice
from app.platform.db import db


def without_reminders(account_ids: Collection[int]) -> set[int]:
    """Accounts, of these, that want no reminders."""
    return _off(account_ids, NotificationChoice.has_reminders)


def without_digests(account_ids: Collection[int]) -> set[int]:
    """Accounts, of these, that want no digests."""
    return _off(account_ids, NotificationChoice.has_digests)


def willing(points: Sequence[FocalPoint]) -> list[FocalPoint]:
    """Who is reminded for a factory: those who want it, and somebody in any case: the factory has no other way."""
    off = without_reminders([point.account_id for point in points])
    return [point for point in points if point.account_id not in off] or list(points[:1])


def _off(account_ids: Collection[int], column: InstrumentedAttribute[bool]) -> set[int]:
    own = NotificationChoice.account_id.in_(account_ids)
    return set(db.session.scalars(sa.select(NotificationChoice.account_id).where(own, column.is_(False))))
