"""Programmes in numbers, for ministries, donors and other partners."""

from flask import Response, g, request

from app.access.permissions import Permission
from app.platform.clock import now, today
from app.platform.i18n import text
from app.platform.web import Blueprint, render
from app.reports.labels import words
from app.reports.sharing.partners import queries
from app.reports.sharing.partners.counting import SPLITS, counted
from app.reports.sharing.partners.forms import PeriodForm
from app.reports.sharing.partners.pages import AggregatesPage

bp = Blueprint("aggregates", __name__)


@bp.get("/aggregates", may=Permission.AGGREGATES_READ)
def index() -> Response:
    seen = queries.programmes(g.actor)
    form = PeriodForm(max((today(each.zone) for each in seen), default=now().date()), request.args)
    found = counted([each.id for each in seen], form.span) if seen else None
    splits = SPLITS if len(seen) > 1 else SPLITS[:1]
    return render(AggregatesPage(form, form.span, [text(each.name) for each in seen], found, now(), words([]), splits))
