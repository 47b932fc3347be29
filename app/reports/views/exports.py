"""Reports as files: at once as tables."""

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.web import file_response
from app.reports import operations, tables
from app.reports.asking import question
from app.reports.forms import EndingForm
from app.reports.views.blueprint import bp

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
