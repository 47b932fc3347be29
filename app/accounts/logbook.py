"""Searching the log: who did what to what, when and from which device."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import Actor
from app.accounts.device_names import kept_name
from app.accounts.log_scope import entries_in_scope
from app.accounts.models import Account, SignIn
from app.platform.audit.models import AuditEntry
from app.platform.db import db

SIZE = 50
_PERSON = re.compile(r"^person:(\d{1,9})$")


@dataclass(frozen=True)
class LogFilter:
    """What the address asks for; empty means all. Days are those of the zone, both included.

    `account` is a part of a name or address, or `person:` and a number; `before` the entry that ended the part before.
    """

    action: str = ""
    subject: str = ""
    account: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class LogRow:
    """One entry with the name of the account and the device, as far as there are any."""

    entry_id: int
    at: datetime
    action: str
    subject: str
    account: str | None
    person_id: int | None
    device: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class LogPart:
    """A part of the log, newest first. `older` is the entry before which the next part begins; None at the end."""

    rows: Sequence[LogRow]
    older: int | None


def entries(actor: Actor, chosen: LogFilter, zone: str) -> LogPart:
    """Entries in the actor's scope. One statement, which walks the key and skips nothing."""
    statement = (
        sa.select(
            AuditEntry.id, AuditEntry.at, AuditEntry.action, AuditEntry.subject, Account.name, AuditEntry.person_id,
            SignIn.device, AuditEntry.details,
        )
        .outerjoin(Account, Account.id == AuditEntry.account_id)
        .outerjoin(SignIn, SignIn.id == AuditEntry.sign_in_id)
        .where(entries_in_scope(actor), *_filter(chosen, ZoneInfo(zone)))
        .order_by(AuditEntry.id.desc())
        .limit(SIZE + 1)
    )  # fmt: skip
    rows = [
        LogRow(entry_id, at, action, subject, account, person_id, kept_name(device or ""), details)
        for entry_id, at, action, subject, account, person_id, device, details in db.session.execute(statement)
    ]
    return LogPart(rows[:SIZE], rows[SIZE - 1].entry_id if len(rows) > SIZE else None)


def _filter(chosen: LogFilter, zone: ZoneInfo) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = []
    if chosen.action:
        wanted.append(AuditEntry.action.startswith(chosen.action, autoescape=True))
    if chosen.subject:
        wanted.append(AuditEntry.subject == chosen.subject)
    if chosen.account:
        wanted.append(_by(chosen.account))
    if chosen.since:
        wanted.append(AuditEntry.at >= datetime.combine(chosen.since, time(), zone))
    if chosen.until:
        wanted.append(AuditEntry.at < datetime.combine(chosen.until + timedelta(days=1), time(), zone))
    if chosen.before is not None:
        wanted.append(AuditEntry.id < chosen.before)
    return wanted


def _by(words: str) -> sa.ColumnElement[bool]:
    if person := _PERSON.match(words):
        return AuditEntry.person_id == int(person[1])
    columns = Account.email, Account.name
    return sa.or_(*(column.icontains(words, autoescape=True) for column in columns))
