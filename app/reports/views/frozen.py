"""Frozen periods as files: figures as they were told, and what has changed since beside."""

import structlog
from flask import current_app, g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.config import Settings
from app.platform.documents.errors import DocumentFailed
from app.platform.documents.fonts import ROOT
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import file_response
from app.reports import paper, tables
from app.reports.forms import EndingForm
from app.reports.models import ReportingPeriod
from app.reports.periods import operations
from app.reports.periods import queries as periods
from app.reports.rules.facts import Split
from app.reports.views.blueprint import bp
from app.reports.views.periods import beside, told_of

log = structlog.get_logger()
_MAY = Permission.REPORTS_READ
_ONE = "/reports/periods/<int:period_id>"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.post(f"{_ONE}/table", may=_MAY)
def frozen_table(period_id: int) -> Response:
    found, form = _frozen(period_id), EndingForm(request.form)
    if not form.validate():
        raise Refused(_("Choose Excel or CSV."))
    told = told_of(found)
    changes = beside(found, told)
    operations.export(g.actor, found, form.ending.data or "")
    if form.ending.data == "csv":
        return file_response(tables.as_csv(told, changes), f"{_name(found)}.csv", "text/csv")
    return file_response(tables.as_xlsx(told, changes), f"{_name(found)}.xlsx", _XLSX)


@bp.get(f"{_ONE}/report.pdf", may=_MAY)
def frozen_pdf(period_id: int) -> Response:
    """Figures alone; nobody's name is on it."""
    found = _frozen(period_id)
    told = told_of(found)
    settings: Settings = current_app.extensions["settings"]
    try:
        data = paper.draw(
            told, Split.SEX, fonts=ROOT / settings.fonts_dir, title=found.title, beside=beside(found, told)
        )
    except DocumentFailed:
        log.exception("report.not_drawn")
        raise Refused(_("The file could not be made. Print the page instead, or try again later.")) from None
    return file_response(data, f"{_name(found)}.pdf", "application/pdf")


def _frozen(period_id: int) -> ReportingPeriod:
    found = periods.period(g.actor, period_id)
    if not found.is_frozen:
        raise NotFound
    return found


def _name(found: ReportingPeriod) -> str:
    code = found.programme.code if found.programme else "all"
    return f"told-{code}-{found.starts_on}-{found.ends_on}"
