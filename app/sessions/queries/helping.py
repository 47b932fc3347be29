"""Who helps in a training session."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.platform.clock import now
from app.platform.db import db


@dataclass(frozen=True)
class Helper:
    """A helper with the days of the role; `ends_on` is the first day without it."""

    grant_id: int
    name: str
    email: str
    role: Role
    starts_on: date | None
    ends_on: date | None


def helpers(training_id: int) -> list[Helper]:
    """Those whose role has not ended, by name. The caller has checked the training session."""
    rows = db.session.execute(
        sa.select(RoleGrant.id, Account.name, Account.email, RoleGrant.role, RoleGrant.starts_on, RoleGrant.ends_on)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.training_id == training_id)
        .where(sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on > now().date()))
        .order_by(Account.name, RoleGrant.id)
    )
    return [Helper(*row) for row in rows]
