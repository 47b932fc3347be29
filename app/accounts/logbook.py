"""Searching the log: who did what to what, when and from which device."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account, RoleGrant, SignIn
from app.factories.models import Factory
from app.platform.audit.models import AuditEntry
from app.platform.web.paging import Slice, paginate


@dataclass(frozen=True)
class LogFilter:
    """What the address asks for; empty means all. Days are those of the zone, both included."""

    action: str = ""
    subject: str = ""
    account: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class LogRow:
    """One entry with the name of the account and the device, as far as there are any."""

    at: datetime
    action: str
    subject: str
    account: str | None
    person_id: int | None
    device: str | None
    details: Mapping[str, Any]


def entries(actor: Actor, chosen: LogFilter, page: int, zone: str) -> Slice[LogRow]:
    """Entries of accounts in the actor's scope, newest first. One statement."""
    statement = (
        sa.select(
            AuditEntry.at,
            AuditEntry.action,
            AuditEntry.subject,
            Account.name,
            AuditEntry.person_id,
            SignIn.device,
            AuditEntry.details,
        )
        .outerjoin(Account, Account.id == AuditEntry.account_id)
        .outerjoin(SignIn, SignIn.id == AuditEntry.sign_in_id)
        .where(*_scope(actor), *_filter(chosen, ZoneInfo(zone)))
        .order_by(AuditEntry.id.desc())
    )
    found = paginate(statement, page)
    return Slice([LogRow(*row) for row in found.rows], found.number, found.has_more)


def _scope(actor: Actor) -> Sequence[sa.ColumnElement[bool]]:
    """Everything, or what accounts with a role in the actor's programmes did."""
    scope = actor.scope(Permission.AUDIT_READ)
    if scope.everything:
        return ()
    factories = sa.select(Factory.id).where(Factory.programme_id.in_(scope.programmes))
    colleagues = sa.select(RoleGrant.account_id).where(
        sa.or_(RoleGrant.programme_id.in_(scope.programmes), RoleGrant.factory_id.in_(factories))
    )
    return (AuditEntry.account_id.in_(colleagues),)


def _filter(chosen: LogFilter, zone: ZoneInfo) -> list[sa.ColumnElement[bool]]:
    wanted = []
    if chosen.action:
        wanted.append(AuditEntry.action.startswith(chosen.action, autoescape=True))
    if chosen.subject:
        wanted.append(AuditEntry.subject == chosen.subject)
    if chosen.account:
        wanted.append(Account.email.startswith(chosen.account.casefold(), autoescape=True))
    if chosen.since:
        wanted.append(AuditEntry.at >= datetime.combine(chosen.since, time(), zone))
    if chosen.until:
        wanted.append(AuditEntry.at < datetime.combine(chosen.until + timedelta(days=1), time(), zone))
    return wanted
