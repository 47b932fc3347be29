"""Subscriptions and made files, each its owner's alone, and what the clock finds due."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.accounts.models import Account
from app.accounts.queries import grants_of
from app.factories.models import Programme
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.refusal import NotFound
from app.reports import queries
from app.reports.models import MadeReport, ReportSubscription
from app.reports.rules.period import Span, spans_since

UNMADE = (MadeReport.made_at.is_(None), MadeReport.failed.is_(None))
"""Still to be made."""
_DAY = timedelta(days=1)


def subscriptions(actor: Actor) -> Sequence[ReportSubscription]:
    """What the actor is subscribed to, the oldest first."""
    mine = ReportSubscription.account_id == actor.account_id, ReportSubscription.ended_at.is_(None)
    statement = sa.select(ReportSubscription).where(*mine).options(joinedload(ReportSubscription.programme))
    return db.session.scalars(statement.order_by(ReportSubscription.id)).all()


def latest(actor: Actor) -> Sequence[MadeReport]:
    """Files of the actor that are being made, or can be fetched."""
    mine = (
        MadeReport.account_id == actor.account_id, MadeReport.ordered_at > now() - 2 * _DAY,
        sa.or_(MadeReport.expires_at.is_(None), MadeReport.expires_at > now()),
    )  # fmt: skip
    statement = sa.select(MadeReport).where(*mine).options(joinedload(MadeReport.programme))
    return db.session.scalars(statement.order_by(MadeReport.id.desc()).limit(20)).all()


def made(actor: Actor, made_id: int) -> MadeReport:
    """A file of the actor, who may still read every programme in it. Raises NotFound for everything else."""
    found = db.session.get(MadeReport, made_id, populate_existing=True)
    if found is None or actor.account_id is None or found.account_id != actor.account_id:
        raise NotFound
    seen = {each.id for each in queries.programmes(actor)}
    if not seen.issuperset(found.programmes or ([found.programme_id] if found.programme_id else [])):
        raise NotFound
    return found


def reader(account_id: int) -> Actor:
    """Whoever ordered a file, with the roles of today; nobody's where the account is closed."""
    account = db.session.get_one(Account, account_id)
    grants = () if account.disabled_at is not None else grants_of(account_id)
    return Actor(name=account.name, account_id=account.id, grants=grants, language=account.language)


def due() -> list[tuple[int, Span]]:
    """Subscriptions with the periods that are over and were not sent; those that were missed while nothing ran too.

    A period of one programme is over at its midnight, one of all with the last of them.
    """
    zones = {each.id: each.zone for each in db.session.scalars(sa.select(Programme))}
    everywhere = min((today(zone) for zone in zones.values()), default=now().date())
    open_ones = sa.select(ReportSubscription).where(ReportSubscription.ended_at.is_(None))
    return [
        (each.id, span)
        for each in db.session.scalars(open_ones.order_by(ReportSubscription.id))
        for span in spans_since(
            each.sent_until, each.every, today(zones[each.programme_id]) if each.programme_id else everywhere
        )
    ]  # fmt: skip
