"""Everything that was ever said about a person at a half-day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.accounts.models import Account
from app.attendance import rules
from app.attendance.models import MarkEntry
from app.attendance.rules import Evidence, Flag, Mark, Said
from app.completions.queries import entries
from app.platform.db import db

_SAME = timedelta(minutes=1)
"""A clock of a device that is off by less is right."""


@dataclass(frozen=True)
class Act:
    """One act of marking. `at` is when the server took it down, `device_at` what the clock of the device said where
    that is another time. `account_name` is empty where no account did it; `marker` names the device, account or file.

    It `counts`, or `stands` beside what counts, or was replaced by the act with the number `replaced_by`. One that
    `takes_back` says nothing of the person but that another was about somebody else.
    """

    number: int
    mark: Mark
    evidence: Evidence
    minutes: int | None
    at: datetime
    device_at: datetime | None
    marker: str
    account_name: str
    flag: Flag | None
    counts: bool
    stands: bool
    replaced_by: int | None
    takes_back: bool


def history(meeting_id: int, person_id: int) -> list[Act]:
    """Every mark that a person ever had at a half-day, under whatever entry, the latest first. One statement."""
    rows = db.session.execute(
        sa.select(MarkEntry, sa.func.coalesce(Account.name, ""))
        .outerjoin(Account, Account.id == MarkEntry.account_id)
        .where(MarkEntry.meeting_id == meeting_id, MarkEntry.person_id.in_(entries(person_id)))
        .order_by(MarkEntry.id.desc())
    ).all()
    log = [said_by(entry) for entry, _ in rows]
    decided, replaced, numbers = rules.decide(log), rules.replaced_by(log), {row[0].mark_id: row[0].id for row in rows}
    standing = [said.mark_id for said in decided.standing] if decided else []
    return [
        Act(
            entry.id, entry.mark, entry.evidence, entry.minutes, entry.at, _differs(entry), entry.marker, name,
            entry.flag, counts=entry.mark_id in standing[:1], stands=entry.mark_id in standing,
            replaced_by=numbers.get(replaced.get(entry.mark_id, "")), takes_back=rules.is_retraction(entry.marker),
        )
        for entry, name in rows
    ]  # fmt: skip


def said_by(entry: MarkEntry) -> Said:
    """An entry of the log, as far as it decides."""
    seen = frozenset(entry.seen)
    return Said(
        entry.mark_id, entry.person_id, entry.mark, entry.strength, entry.marker, entry.counter, seen, entry.minutes
    )


def _differs(entry: MarkEntry) -> datetime | None:
    return entry.device_at if entry.device_at and abs(entry.device_at - entry.at) >= _SAME else None


def disputed(acts: Sequence[Act]) -> Sequence[Act]:
    """Acts that stand side by side and say different things, the one that counts first."""
    standing = sorted((act for act in acts if act.stands), key=lambda act: not act.counts)
    return standing if len({act.mark for act in standing}) > 1 else ()
