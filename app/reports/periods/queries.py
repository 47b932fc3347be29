"""Reading periods."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Programme
from app.platform.db import db
from app.platform.refusal import NotFound
from app.reports.models import FrozenReport, ReportingPeriod
from app.reports.queries import programmes


def visible(actor: Actor, permission: Permission = Permission.REPORTS_READ) -> sa.ColumnElement[bool]:
    """Periods of programmes in scope; those of all programmes for whoever reads all."""
    scope = actor.scope(permission)
    return sa.true() if scope.everything else ReportingPeriod.programme_id.in_(scope.programmes)


def periods(actor: Actor) -> Sequence[ReportingPeriod]:
    """The latest first."""
    statement = sa.select(ReportingPeriod).where(visible(actor)).options(joinedload(ReportingPeriod.programme))
    return db.session.scalars(statement.order_by(ReportingPeriod.ends_on.desc(), ReportingPeriod.id.desc())).all()


def period(actor: Actor, period_id: int, permission: Permission = Permission.REPORTS_READ) -> ReportingPeriod:
    """One of them. Raises NotFound."""
    wanted = ReportingPeriod.id == period_id, visible(actor, permission)
    found = db.session.scalar(
        sa.select(ReportingPeriod).where(*wanted).options(joinedload(ReportingPeriod.programme))
    )
    if found is None:
        raise NotFound
    return found


def of_period(actor: Actor, period: ReportingPeriod) -> Sequence[Programme]:
    """The programmes that it is of, as far as the actor reads them."""
    seen = programmes(actor)
    return seen if period.programme_id is None else [each for each in seen if each.id == period.programme_id]


def frozen(period_id: int) -> FrozenReport:
    """What a period froze. Raises NotFound while it is open."""
    found = db.session.scalar(sa.select(FrozenReport).where(FrozenReport.period_id == period_id))
    if found is None:
        raise NotFound
    return found
