"""The indicators of a period, and what stands behind each."""

from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import render
from app.platform.web.paging import Slice, paginate
from app.reports import behind, queries
from app.reports.asking import Question, question
from app.reports.behind import Wanted
from app.reports.counting import Source
from app.reports.pages import BehindPage, ReportPage, RowsPart
from app.reports.reading import Report, report
from app.reports.rules.facts import Split
from app.reports.rules.figures import Indicator
from app.reports.views.blueprint import bp

_MAY = Permission.REPORTS_READ
SIZE = 50


@bp.get("/reports", may=_MAY)
def index() -> Response:
    asked = question()
    split = asked.form.split
    if not asked.is_sound:
        return render(ReportPage(asked.form, None, split, [], asked.address), 422)
    found = report(g.actor, asked.programmes, asked.span, [split])
    columns = found.columns(split)
    rows = None if columns or not found.values(split) else _rows(found, split, asked)
    return render(ReportPage(asked.form, found, split, columns, asked.address, rows))


def _rows(found: Report, split: Split, asked: Question) -> RowsPart:
    """A page of the values that are rows. Beyond the last stands the last."""
    q = asked.form.q.data or ""
    values = found.rows(split, q)
    pages = max(1, -(-len(values) // SIZE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    address: dict[str, Any] = {**asked.address, "by": split.value, "_anchor": "rows"}
    clear_url = url_for("indicators.index", **address) if q else ""
    if q:
        address["q"] = q
    return RowsPart(
        values[(number - 1) * SIZE : number * SIZE], len(values), number, pages,
        url_for("indicators.index", page=number - 1, **address) if number > 1 else "",
        url_for("indicators.index", page=number + 1, **address) if number < pages else "", clear_url,
    )  # fmt: skip


@bp.get("/reports/behind/<indicator>", may=_MAY)
def facts(indicator: str) -> Response:
    asked = question()
    if not asked.is_sound or not queries.sees_people(g.actor, [each.id for each in asked.programmes]):
        raise NotFound
    wanted = wanted_of(indicator)
    found = report(g.actor, asked.programmes, asked.span, [wanted.split] if wanted.split else [])
    return render(behind_page(asked.source, wanted, found, asked, "indicators.facts", {}))


def wanted_of(indicator: str) -> Wanted:
    """What the address asks for. Raises NotFound for what is never counted."""
    split = request.args.get("by", "")
    if indicator not in set(Indicator) or (split and split not in set(Split)):
        raise NotFound
    value, only_top = request.args.get("value", ""), request.args.get("show") == "top"
    return Wanted(
        Indicator(indicator), Split(split) if split else None, value, only_top, request.args.get("currency", "")
    )


def behind_page(
    source: Source, wanted: Wanted, found: Report, asked: Question, endpoint: str, arguments: dict[str, Any]
) -> BehindPage:
    """The page of what is behind a figure. Raises NotFound where there is no such figure."""
    figure = found.of(wanted.indicator, wanted.split or "", wanted.word).get(wanted.value)
    if figure is None:
        raise NotFound
    page = _page(source, wanted, request.args.get("page", 1, type=int))
    address = {
        **asked.address, "indicator": wanted.indicator.value, **arguments,
        **({"by": wanted.split.value, "value": wanted.value} if wanted.split else {}),
        **({"show": "top"} if wanted.only_top else {}), **({"currency": wanted.word} if wanted.word else {}),
    }  # fmt: skip
    return BehindPage(
        wanted.indicator, figure, found.words.value(wanted.split or "", wanted.value), behind.named(page.rows),
        behind.amounts(wanted.indicator), _tops(wanted, endpoint, address), found, asked.address, address, page.number,
        url_for(endpoint, page=page.number - 1, **address) if page.number > 1 else "",
        url_for(endpoint, page=page.number + 1, **address) if page.has_more else "",
    )  # fmt: skip


def _tops(wanted: Wanted, endpoint: str, address: dict[str, Any]) -> list[tuple[Any, str, bool]]:
    """Of a share that counts facts: all of them, or those on top."""
    if wanted.top is None:
        return []
    rest = {name: value for name, value in address.items() if name != "show"}
    return [
        (_("All"), url_for(endpoint, **rest), not wanted.only_top),
        (_("Only those that are counted"), url_for(endpoint, show="top", **rest), wanted.only_top),
    ]


def _page(source: Source, wanted: Wanted, number: int) -> Slice[Any]:
    if behind.is_large(wanted.indicator):
        return paginate(behind.statement(source, wanted), number, SIZE)
    rows, number = behind.few(source, wanted), max(1, number)
    start = (number - 1) * SIZE
    return Slice(rows[start : start + SIZE], number, len(rows) > start + SIZE)
