"""Programmes in numbers, for ministries, donors and other partners."""

from collections.abc import Sequence

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Programme
from app.platform.clock import now, today
from app.platform.i18n import _, text
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, file_response, render
from app.reports.forms import EndingForm
from app.reports.labels import words
from app.reports.sharing.partners import operations, queries, tables
from app.reports.sharing.partners.counting import counted
from app.reports.sharing.partners.forms import PeriodForm
from app.reports.sharing.partners.pages import AggregatesPage, PrintedPage
from app.reports.sharing.partners.rules import SPLITS

bp = Blueprint("aggregates", __name__)
_MAY = Permission.AGGREGATES_READ


@bp.get("/aggregates", may=_MAY)
def index() -> Response:
    return render(_page(AggregatesPage, queries.programmes(g.actor)))


@bp.get("/aggregates/print", may=_MAY)
def printed() -> Response:
    seen = queries.programmes(g.actor)
    if not seen:
        raise NotFound
    return render(_page(PrintedPage, seen))


@bp.post("/aggregates/table", may=_MAY)
def table() -> Response:
    seen, form = queries.programmes(g.actor), EndingForm(request.form)
    if not seen:
        raise NotFound
    if not form.validate():
        raise Refused(_("Choose Excel or CSV."))
    page = _page(AggregatesPage, seen)
    data, media_type = tables.of_programmes(page, form.ending.data or "")
    operations.export(g.actor, seen, page.span, form.ending.data or "")
    return file_response(data, f"programme-{page.span.first}-{page.span.last}.{form.ending.data}", media_type)


def _page(kind: type[AggregatesPage], seen: Sequence[Programme]) -> AggregatesPage:
    day = max((today(each.zone) for each in seen), default=now().date())
    form = PeriodForm(day, request.args)
    found = counted([each.id for each in seen], form.span) if seen else None
    splits = SPLITS if len(seen) > 1 else SPLITS[:1]
    return kind(form, form.span, [text(each.name) for each in seen], found, day, words([]), splits)
