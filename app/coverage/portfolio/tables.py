"""The portfolio as a table to take away: a row a factory."""

from collections.abc import Iterator, Sequence

from app.access.actor import Scope
from app.coverage.portfolio.labels import LABELS
from app.coverage.portfolio.reading import Portfolio, Row
from app.coverage.queries import Required
from app.coverage.requirements.rules import WHOLE
from app.platform.i18n import _, text
from app.platform.tables.writing import Cell


def header(columns: Sequence[Required], *, sees_service: bool) -> list[str]:
    """Of each requirement how many are covered, of how many."""
    own = [_("Factory code"), _("Factory"), _("Province")]
    own += [_("Support tier"), _("Staff list")] if sees_service else [_("Staff list")]
    own += [_("Certificates that end within 60 days"), _("Certificates that end within 90 days")]
    for each in columns:
        title = text(each.titles)
        own += [_("%(title)s: covered", title=title), _("%(title)s: of", title=title)]
    return own


def rows(found: Portfolio, service: Scope, *, sees_service: bool) -> Iterator[list[Cell]]:
    """`service` is where the actor may see how a factory is served; whoever may nowhere gets no column for it."""
    for row in found.rows:
        own: list[Cell] = [row.factory.code, row.factory.name, row.factory.province]
        if sees_service:
            is_seen = row.tier and service.reaches(row.factory.programme_id, row.factory.id)
            own.append(str(LABELS.tiers[row.tier]) if is_seen else "")
        own += [row.roster_on, row.due_soon, row.due_90]
        for each in found.columns:
            own += _cells(row, each)
        yield own


def _cells(row: Row, column: Required) -> tuple[Cell, Cell]:
    measure = row.cells.get(column.code)
    if measure is None:
        return None, None
    if measure.requirement.kind in WHOLE:
        return measure.whole.met, measure.whole.units
    return measure.whole.covered, measure.denominator.people
