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
    trainings.ratings: {FactKind.RATED}, trainings.costs: {FactKind.COST}, factories.roadmaps: {FactKind.ROADMAP},
    factories.cascades: {FactKind.CASCADE_B, FactKind.CASCADE_C}, factories.behaviour: {FactKind.BEHAVIOUR},
    standing.committees: {FactKind.COMMITTEE}, standing.promoted: {FactKind.PROMOTED},
}  # fmt: skip
FEW = frozenset(FactKind) - frozenset(LARGE)


def live(
    asked: Asked, splits: Collection[Split] = tuple(Split), kinds: Collection[FactKind] = FEW
) -> list[Fact]:  # fmt: skip
    """By what is known now; coverage no finer than these splits need it. A fixed number of statements."""
    found = list(chain.from_iterable(read(asked) for read, own in _ALL.items() if not own.isdisjoint(kinds)))
    return [*found, *(standing.covered(asked, splits) if FactKind.COVERED in kinds else ())]


def kept(period_id: int, kinds: Collection[FactKind] = FEW) -> list[Fact]:
    """By what a frozen period keeps. One statement."""
    columns = (getattr(ReportedFact, name) for name in COLUMNS)
    wanted = ReportedFact.period_id == period_id, ReportedFact.kind.in_(kinds)
    rows = db.session.execute(sa.select(*columns).where(*wanted).order_by(ReportedFact.id))
    return [Fact(*row) for row in rows]
