"""Reports as files: tables, and a paper."""

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
from app.reports import operations, paper, tables
from app.reports.asking import question
from app.reports.forms import EndingForm
from app.reports.reading import report
from app.reports.views.blueprint import bp

log = structlog.get_logger()
_MAY = Permission.REPORTS_READ
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.post("/reports/table", may=_MAY)
def table() -> Response:
    asked, form = question(), EndingForm(request.form)
    if not form.validate() or not asked.is_sound:
        raise Refused(_("Choose Excel or CSV."))
    found = operations.export(g.actor, asked.programmes, asked.span, form.ending.data or "")
    name = f"indicators-{asked.code or 'all'}-{asked.span.first}-{asked.span.last}"
    if form.ending.data == "csv":
        return file_response(tables.as_csv(found), f"{name}.csv", "text/csv")
    return file_response(tables.as_xlsx(found), f"{name}.xlsx", _XLSX)


@bp.get("/reports/report.pdf", may=_MAY)
def pdf() -> Response:
    """Figures alone, in the language of whoever reads; nobody's name is on it."""
    asked = question()
    if not asked.is_sound:
        raise NotFound
    found = report(g.actor, asked.programmes, asked.span, [asked.form.split])
    settings: Settings = current_app.extensions["settings"]
    try:
        data = paper.draw(found, asked.form.split, fonts=ROOT / settings.fonts_dir)
    except DocumentFailed:
        log.exception("report.not_drawn")
        raise Refused(_("The file could not be made. Print the page instead, or try again later.")) from None
    name = f"indicators-{asked.code or 'all'}-{asked.span.first}-{asked.span.last}.pdf"
    return file_response(data, name, "application/pdf")
