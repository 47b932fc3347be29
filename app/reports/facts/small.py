"""Facts of which there are few: read whole, and added up here."""

from collections.abc import Collection
from itertools import chain

import sqlalchemy as sa

from app.platform.db import db
from app.reports.facts import factories, standing, trainings
from app.reports.facts.asked import Asked
from app.reports.models import ReportedFact
from app.reports.rules.facts import COLUMNS, LARGE, Fact, Split

_ALL = (
    trainings.ratings, trainings.costs, factories.roadmaps, factories.cascades, factories.behaviour,
    standing.committees, standing.promoted,
)  # fmt: skip


def live(asked: Asked, splits: Collection[Split] = tuple(Split)) -> list[Fact]:
    """By what is known now; coverage no finer than these splits need it. A fixed number of statements."""
    return [*chain.from_iterable(each(asked) for each in _ALL), *standing.covered(asked, splits)]


def kept(period_id: int) -> list[Fact]:
    """By what a frozen period keeps. One statement."""
    columns = (getattr(ReportedFact, name) for name in COLUMNS)
    wanted = ReportedFact.period_id == period_id, ReportedFact.kind.not_in(LARGE)
    rows = db.session.execute(sa.select(*columns).where(*wanted).order_by(ReportedFact.id))
    return [Fact(*row) for row in rows]
