"""Participations month by month, as a chart and as a table."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from flask import g
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound
from app.platform.web import Page, render
from app.reports import queries
from app.reports.asking import question
from app.reports.facts.months import participations
from app.reports.labels import WAYS
from app.reports.rules.chart import KINDS, Chart, chart
from app.reports.rules.facts import Way
from app.reports.rules.period import Span
from app.reports.views.blueprint import bp


@dataclass(frozen=True)
class MonthsPage(Page):
    """A chart, and the table that says the same."""

    template: ClassVar[str] = "reports/months.html"
    span: Span
    months: list[tuple[date, dict[Way, int]]]
    chart: Chart
    kinds: Any
    ways: Any
    asked: dict[str, str]


@bp.get("/reports/months", may=Permission.REPORTS_READ)
def months() -> Response:
    """For whoever sees the people: a month by itself can be a few of them."""
    asked = question()
    if not asked.is_sound or not queries.sees_people(g.actor, [each.id for each in asked.programmes]):
        raise NotFound
    found = participations(asked.source.asked)
    drawn = chart(found, is_rtl=direction(current_language()) == "rtl")
    return render(MonthsPage(asked.span, found, drawn, KINDS, WAYS, asked.address))
