"""What was accepted."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Account
from app.platform.db import db
from app.sessions.conflicts.models import AcceptedConflict
from app.sessions.conflicts.rules import Kind


@dataclass(frozen=True)
class Accepted:
    """A conflict that somebody accepted; `by` is None for the system."""

    kind: Kind
    key: str
    reason: str
    at: datetime
    by: str | None


def accepted(training_id: int) -> list[Accepted]:
    """Of one training session, the latest first. The caller has checked the training session."""
    rows = db.session.execute(
        sa.select(
            AcceptedConflict.kind, AcceptedConflict.key, AcceptedConflict.reason, AcceptedConflict.at, Account.name
        )
        .outerjoin(Account, Account.id == AcceptedConflict.account_id)
        .where(AcceptedConflict.training_id == training_id)
        .order_by(AcceptedConflict.at.desc(), AcceptedConflict.id)
    )
    return [Accepted(*row) for row in rows]
