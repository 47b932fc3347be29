"""Who said what, where different things are said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Account
from app.attendance.models import MarkEntry
from app.attendance.rules import Evidence, Mark
from app.platform.db import db


@dataclass(frozen=True)
class Voice:
    """One entry that stands beside another; `account_name` is empty where no account said it."""

    mark: Mark
    evidence: Evidence
    minutes: int | None
    at: datetime
    account_name: str


def voices(meeting_id: int, mark_ids: Collection[str]) -> Mapping[str, Voice]:
    """What these entries of a half-day say, by their ids. One statement, and none without ids."""
    if not mark_ids:
        return {}
    name = sa.func.coalesce(Account.name, "")
    rows = db.session.execute(
        sa.select(MarkEntry.mark_id, MarkEntry.mark, MarkEntry.evidence, MarkEntry.minutes, MarkEntry.at, name)
        .outerjoin(Account, Account.id == MarkEntry.account_id)
        .where(MarkEntry.meeting_id == meeting_id, MarkEntry.mark_id.in_(mark_ids))
    )
    return {
        mark_id: Voice(mark, evidence, minutes, at, account_name)
        for mark_id, mark, evidence, minutes, at, account_name in rows
    }
