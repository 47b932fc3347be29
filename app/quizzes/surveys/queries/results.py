"""What may be shown of anonymous forms: figures that were made when a window closed, never the answers themselves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.surveys.models import SurveyWindow
from app.quizzes.surveys.rules import SurveyPhase


@dataclass(frozen=True)
class Result:
    """The figures of a form for all or for one factory, before and after where it was asked twice."""

    factory: Factory | None
    figures: dict[SurveyPhase | None, dict[str, Any] | None]
    """None where fewer than five answered or the form is still open for the first time."""
    open_phases: frozenset[SurveyPhase | None]

    @property
    def phases(self) -> Sequence[SurveyPhase | None]:
        """Those that have been asked, before and then after."""
        return [each for each in (None, *SurveyPhase) if each in self.figures]

    def shown(self, item_id: str) -> list[tuple[SurveyPhase | None, dict[str, Any]]]:
        """The figures of an item, side by side."""
        found = ((phase, (self.figures[phase] or {"items": {}})["items"].get(item_id)) for phase in self.phases)
        return [(phase, figure) for phase, figure in found if figure]

    @property
    def has_figures(self) -> bool:
        return any(each is not None for each in self.figures.values())


def results_of(training_id: int, form: str, factories: Collection[int] | None, *, with_comments: bool) -> list[Result]:
    """Results of a form, one for each factory that was asked by itself. `factories`: None stands for all.

    Without `with_comments` nothing that anybody wrote is in them. One statement.
    """
    statement = (
        sa.select(SurveyWindow, Factory)
        .outerjoin(Factory, Factory.id == SurveyWindow.factory_id)
        .where(SurveyWindow.training_id == training_id, SurveyWindow.form == form)
        .order_by(Factory.name, SurveyWindow.id)
    )
    if factories is not None:
        seen = sa.or_(SurveyWindow.factory_id.is_(None), SurveyWindow.factory_id.in_(factories))
        statement = statement.where(seen)
    found: dict[int | None, Result] = {}
    for window, factory in db.session.execute(statement):
        result = found.setdefault(window.factory_id, Result(factory, {}, frozenset()))
        result.figures[window.phase] = _shown(window.figures, with_comments=with_comments)
        if window.closes_at > now():
            still = result.open_phases | {window.phase}
            found[window.factory_id] = Result(factory, result.figures, still)
    return list(found.values())


def _shown(figures: dict[str, Any] | None, *, with_comments: bool) -> dict[str, Any] | None:
    if figures is None or with_comments:
        return figures
    items = {name: each for name, each in figures["items"].items() if "comments" not in each}
    return {**figures, "items": items}
