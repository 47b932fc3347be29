"""Who is to renew what until when, as a list that its address filters."""

from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.certificates.bundles.forms import TableForm
from app.certificates.validity import operations, renewals
from app.certificates.validity.labels import WITHINS
from app.certificates.validity.pages import RenewalsPage
from app.certificates.validity.renewals import DEFAULT, Renewal, RenewalFilter
from app.certificates.validity.views.blueprint import bp
from app.platform.clock import today
from app.platform.i18n import _, text
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.refusal import Refused
from app.platform.tables import write_csv, write_xlsx
from app.platform.web import file_response, render
from app.platform.web.paging import Slice, paginate

_MAY = Permission.CERTIFICATES_DOWNLOAD
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/certificates/renewals", may=_MAY)
def index() -> Response:
    chosen = _chosen()
    page = paginate(renewals.listed(g.actor, chosen), request.args.get("page", 1, type=int))
    rows = renewals.renewals(page.rows)
    values = _values(chosen)
    context = RenewalsPage(
        slice=Slice(rows, page.number, page.has_more),
        chosen=chosen,
        withins=WITHINS,
        factories=renewals.factories(g.actor),
        courses=renewals.courses_that_end(),
        renewing=renewals.titles({row.renewed_by for row in rows}),
        today_in=today,
        previous_url=url_for("validity.index", page=page.number - 1, **values) if page.number > 1 else "",
        next_url=url_for("validity.index", page=page.number + 1, **values) if page.has_more else "",
        table_url=url_for("validity.table", **values),
    )
    return render(context)


@bp.post("/certificates/renewals/table", may=_MAY)
def table() -> Response:
    form = TableForm(request.form)
    if not form.validate():
        raise Refused(_("Choose Excel or CSV."))
    rows = [_row(row) for row in operations.export_renewals(g.actor, _chosen())]
    if form.ending.data == "csv":
        return file_response(write_csv(_header(), rows), "renewals.csv", _CSV)
    is_rtl = direction(current_language()) == "rtl"
    return file_response(write_xlsx(_header(), rows, right_to_left=is_rtl), "renewals.xlsx", _XLSX)


def _chosen() -> RenewalFilter:
    within = request.args.get("within", DEFAULT)
    return RenewalFilter(
        factory=request.args.get("factory", ""),
        course=request.args.get("course", ""),
        within=within if within in WITHINS else DEFAULT,
    )


def _values(chosen: RenewalFilter) -> dict[str, Any]:
    values = {"factory": chosen.factory, "course": chosen.course, "within": chosen.within}
    return {name: value for name, value in values.items() if value}


def _header() -> list[str]:
    return [
        _("Name"), _("Name in the local script"), _("Factory"), _("Code of the factory"), _("Course"), _("Number"),
        _("Can be renewed from"), _("Valid until"), _("Renewed by"),
    ]  # fmt: skip


def _row(row: Renewal) -> list[str | int | None]:
    return [
        row.name, row.local_name, row.factory, row.factory_code, text(row.titles), row.number,
        row.opens.isoformat(), row.last_day.isoformat(), row.renewed_by,
    ]  # fmt: skip
