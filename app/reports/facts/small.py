"""Facts of which there are few: read whole, and added up here."""

from collections.abc import Collection
from itertools import chain

import sqlalchemy as sa

from app.platform.db import db
from app.reports.facts import factories, standing, trainings
from app.reports.facts.asked import Asked
from app.reports.models import ReportedFact
from app.reports.rules.facts import COLUMNS, LARGE, Fact, FactKind, Split

_ALL = {
    trainings.ratings: {FactKind.RATED}, factories.roadmaps: {FactKind.ROADMAP},
    factories.cascades: {FactKind.CASCADE_B, FactKind.CASCADE_C}, factories.behaviour: {FactKind.BEHAVIOUR},
    standing.committees: {FactKind.COMMITTEE}, standing.promoted: {FactKind.PROMOTED},
}  # fmt: skip
_AS_COARSE = {trainings.costs: FactKind.COST, standing.covered: FactKind.COVERED}
"""Of these there are many, and no more are read than the splits need."""
FEW = frozenset(FactKind) - frozenset(LARGE)


def live(
    asked: Asked, splits: Collection[Split] = tuple(Split), kinds: Collection[FactKind] = FEW
) -> list[Fact]:  # fmt: skip
    """By what is known now; costs and coverage no finer than these splits need them. A fixed number of statements."""
    whole = (read(asked) for read, own in _ALL.items() if not own.isdisjoint(kinds))
    coarse = (read(asked, splits) for read, kind in _AS_COARSE.items() if kind in kinds)
    return [*chain.from_iterable(whole), *chain.from_iterable(coarse)]


def kept(period_id: int, kinds: Collection[FactKind] = FEW) -> list[Fact]:
    """By what a frozen period keeps. One statement."""
    columns = (getattr(ReportedFact, name) for name in COLUMNS)
    wanted = ReportedFact.period_id == period_id, ReportedFact.kind.in_(kinds)
    rows = db.session.execute(sa.select(*columns).where(*wanted).order_by(ReportedFact.id))
    return [Fact(*row) for row in rows]
