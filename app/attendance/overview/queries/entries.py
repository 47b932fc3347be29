"""Everything that was ever said in a training session, for who may see all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Account
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Evidence, Mark
from app.factories.models import Person
from app.platform.db import db
from app.sessions.models import Meeting


@dataclass(frozen=True)
class Entry:
    """One entry of the log; `account_name` is empty where no account said it, `counts` whether it is what counts."""

    half_day: int
    zone: str
    person_id: int
    name: str
    mark: Mark
    evidence: Evidence
    strength: int
    minutes: int | None
    at: datetime
    device_at: datetime | None
    marker: str
    account_name: str
    counts: bool
    is_disputed: bool


def entries_of_training(training_id: int) -> Sequence[Entry]:
    """The log of a training session, by half-day, in the order in which it was written. One statement."""
    current = sa.and_(
        CurrentMark.meeting_id == MarkEntry.meeting_id, CurrentMark.mark_id == MarkEntry.mark_id,
    )  # fmt: skip
    rows = db.session.execute(
        sa.select(
            Meeting.number.label("half_day"), Meeting.zone, MarkEntry.person_id, Person.name, MarkEntry.mark,
            MarkEntry.evidence, MarkEntry.strength, MarkEntry.minutes, MarkEntry.at, MarkEntry.device_at,
            MarkEntry.marker,
            sa.func.coalesce(Account.name, "").label("account_name"), CurrentMark.id.is_not(None).label("counts"),
            sa.func.coalesce(CurrentMark.is_disputed, sa.false()).label("is_disputed"),
        )
        .join(Meeting, Meeting.id == MarkEntry.meeting_id)
        .join(Person, Person.id == MarkEntry.person_id)
        .outerjoin(Account, Account.id == MarkEntry.account_id)
        .outerjoin(CurrentMark, current)
        .where(Meeting.training_id == training_id)
        .order_by(Meeting.number, MarkEntry.id)
    )  # fmt: skip
    return [Entry(**row._asdict()) for row in rows]
