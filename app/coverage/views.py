"""All factories in sight, the one that needs most first; those of a group in numbers."""

from itertools import groupby
from typing import Any

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.coverage.numbers import compared
from app.coverage.pages import GroupPage
from app.coverage.portfolio import tables
from app.coverage.portfolio.forms import PortfolioForm, TableForm
from app.coverage.portfolio.labels import LABELS
from app.coverage.portfolio.operations import export_portfolio
from app.coverage.portfolio.pages import PortfolioPage, SeminarsPage
from app.coverage.portfolio.reading import Chosen, Portfolio, portfolio
from app.coverage.portfolio.seminars import grid
from app.coverage.queries.of_group import of_group
from app.coverage.requirements.labels import KINDS
from app.factories.labels import ROLES
from app.platform.i18n import _
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.refusal import Refused
from app.platform.tables import write_csv, write_xlsx
from app.platform.web import Blueprint, file_response, render
from app.platform.web.addresses import page_address
from app.platform.web.forms import offered

bp = Blueprint("coverage", __name__)

SIZE = 50
_MAY = Permission.COVERAGE_READ
_CHOICES = ("programme", "requirement", "tier", "mode", "product", "group", "province")
_FILTERS = (*_CHOICES, "no_roster", "expiring", "on")
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/coverage", may=_MAY)
def coverage() -> Response:
    form, chosen, is_valid = _asked()
    found = portfolio(g.actor, chosen)
    _offer(form, found)
    number = max(1, request.args.get("page", 1, type=int))
    actor = g.actor
    page = PortfolioPage(
        form=form,
        is_filtered=any(form.data[name] for name in _FILTERS),
        values={name: value for name, value in request.args.items() if name in _FILTERS},
        columns=found.columns,
        groups=[(KINDS[kind], len(list(same))) for kind, same in groupby(found.columns, lambda each: each.kind)],
        rows=found.rows[(number - 1) * SIZE : number * SIZE],
        on=chosen.on,
        number=number,
        previous_url=page_address(number - 1) if number > 1 else "",
        next_url=page_address(number + 1) if len(found.rows) > number * SIZE else "",
        may_plan=actor.may(Permission.SESSIONS_PLAN),
        may_see_certificates=actor.may(Permission.CERTIFICATES_DOWNLOAD),
        sees_programmes=actor.may(Permission.REQUIREMENTS_READ),
        sees_service=actor.may(Permission.SERVICE_READ),
        sees_committees=actor.may(Permission.COMMITTEES_READ),
    )
    return render(page, 200 if is_valid else 422)


@bp.post("/coverage/table", may=_MAY)
def table() -> Response:
    """The address says which factories, as on the page."""
    form = TableForm(request.form)
    if not form.validate():
        raise Refused(_("Choose Excel or CSV."))
    found = export_portfolio(g.actor, _asked()[1])
    service, sees = g.actor.scope(Permission.SERVICE_READ), g.actor.may(Permission.SERVICE_READ)
    header = tables.header(found.columns, sees_service=sees)
    rows = tables.rows(found, service, sees_service=sees)
    if form.ending.data == "csv":
        return file_response(write_csv(header, rows), "coverage.csv", _CSV)
    is_rtl = direction(current_language()) == "rtl"
    return file_response(write_xlsx(header, rows, right_to_left=is_rtl), "coverage.xlsx", _XLSX)


@bp.get("/coverage/seminars", may=_MAY)
def seminars() -> Response:
    return render(SeminarsPage(grid(g.actor, request.args.get("programme", ""))))


@bp.get("/group", may=Permission.GROUP_FIGURES_READ)
def group() -> Response:
    """For a head office: numbers without names."""
    found = of_group(g.actor)
    return render(GroupPage(found, compared(found), ROLES))


def _asked() -> tuple[PortfolioForm, Chosen, bool]:
    form = PortfolioForm(request.args)
    is_valid = form.validate()
    said: dict[str, Any] = {name: form[name].data or "" for name in _CHOICES}
    if not g.actor.may(Permission.SERVICE_READ):
        said |= {"tier": "", "mode": ""}
    on = form.on.data if is_valid else None
    return form, Chosen(**said, no_roster=form.no_roster.data, expiring=form.expiring.data or "", on=on), is_valid


def _offer(form: PortfolioForm, found: Portfolio) -> None:
    """The choices of each filter, of all factories in sight."""
    words = {"product": LABELS.products, "tier": LABELS.tiers, "mode": LABELS.modes}
    labelled = dict(found.offered)
    labelled |= {name: [(word, said[word]) for word, _same in found.offered[name]] for name, said in words.items()}
    if not g.actor.may(Permission.SERVICE_READ):
        labelled |= {"tier": [], "mode": []}
    for name in _CHOICES:
        field: Any = form[name]
        field.choices = offered([("", _("All")), *labelled[name]])
