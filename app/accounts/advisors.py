"""Who advises a factory: a role with days, given for the factory itself, its group or its whole programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.factories.models import Factory
from app.platform.clock import today
from app.platform.db import db


@dataclass(frozen=True)
class Advisor:
    """An advisor of a factory. `ends_on` is the first day without the role."""

    account_id: int
    name: str
    starts_on: date | None
    ends_on: date | None
    is_over: bool


def advisors_of(factory: Factory) -> Sequence[Advisor]:
    """Advisors of a factory, those of now and of the future first. Of the past only those who were given this factory
    itself or its group: a programme's are too many."""
    day = today(factory.programme.zone)
    here = [RoleGrant.factory_id == factory.id]
    if factory.group_id:
        here.append(RoleGrant.group_id == factory.group_id)
    goes_on = sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on > day)
    of_programme = sa.and_(
        RoleGrant.programme_id == factory.programme_id, RoleGrant.factory_id.is_(None), RoleGrant.group_id.is_(None),
        goes_on)
    rows = db.session.execute(
        sa.select(Account.id, Account.name, RoleGrant.starts_on, RoleGrant.ends_on)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.role == Role.ADVISOR, sa.or_(*here, of_programme), Account.disabled_at.is_(None))
        .order_by(sa.not_(goes_on), Account.name, RoleGrant.id)
    )
    return [Advisor(*row, is_over=row.ends_on is not None and row.ends_on <= day) for row in rows]
