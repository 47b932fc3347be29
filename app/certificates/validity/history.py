"""What happened to a certificate, from the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.queries import accounts_by_id
from app.certificates import labels
from app.certificates.models import Certificate, CertificateNote
from app.platform.audit.models import AuditEntry
from app.platform.db import db

ACTIONS = ("issue", "draw", "suspend", "reinstate", "revoke", "reissue")


@dataclass(frozen=True)
class Step:
    """One thing that happened. `by` is who did it, nobody for the system."""

    at: datetime
    action: str
    reason: str
    by: str


@dataclass(frozen=True)
class Note:
    """What somebody wrote for the office."""

    at: datetime
    text: str
    by: str


def steps(certificate: Certificate) -> list[Step]:
    """In the order of time. Two statements."""
    rows = db.session.scalars(
        sa.select(AuditEntry)
        .where(
            AuditEntry.subject == f"certificate:{certificate.id}",
            AuditEntry.action.in_([f"certificates.{action}" for action in ACTIONS]),
        )
        .order_by(AuditEntry.id)
    ).all()
    names = _names(rows)
    return [
        Step(row.at, row.action.partition(".")[2], labels.reason(row.details.get("reason")), names(row)) for row in rows
    ]


def notes(certificate: Certificate) -> list[Note]:
    """In the order of time. Two statements."""
    own = sa.select(CertificateNote).where(CertificateNote.certificate_id == certificate.id)
    rows = db.session.scalars(own.order_by(CertificateNote.id)).all()
    names = _names(rows)
    return [Note(row.at, row.text, names(row)) for row in rows]


def _names(rows: Sequence[Any]) -> Any:
    found = accounts_by_id({row.account_id for row in rows if row.account_id is not None})
    return lambda row: found[row.account_id].name if row.account_id in found else ""
