"""Who is to renew what until when, as a list that its address filters."""

from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.certificates.validity import renewals
from app.certificates.validity.labels import WITHINS
from app.certificates.validity.pages import RenewalsPage
from app.certificates.validity.renewals import DEFAULT, Renewal, RenewalFilter
from app.certificates.validity.views.blueprint import bp
from app.platform.clock import today
from app.platform.db import db
from app.platform.i18n import _, text
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.tables import write_csv, write_xlsx
from app.platform.web import file_response, render
from app.platform.web.paging import Slice, paginate

_MAY = Permission.CERTIFICATES_DOWNLOAD
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_ROWS = 20_000


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
        csv_url=url_for("validity.csv", **values),
        xlsx_url=url_for("validity.xlsx", **values),
    )
    return render(context)


@bp.get("/certificates/renewals.csv", may=_MAY)
def csv() -> Response:
    return file_response(write_csv(_header(), _cells()), "renewals.csv", _CSV)


@bp.get("/certificates/renewals.xlsx", may=_MAY)
def xlsx() -> Response:
    is_rtl = direction(current_language()) == "rtl"
    return file_response(write_xlsx(_header(), _cells(), right_to_left=is_rtl), "renewals.xlsx", _XLSX)


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


def _cells() -> list[list[str | int | None]]:
    statement = renewals.listed(g.actor, _chosen()).limit(_MOST_ROWS)
    return [_row(row) for row in renewals.renewals(db.session.execute(statement).all())]


def _row(row: Renewal) -> list[str | int | None]:
    return [
        row.name, row.local_name, row.factory, row.factory_code, text(row.titles), row.number,
        row.opens.isoformat(), row.last_day.isoformat(), row.renewed_by,
    ]  # fmt: skip
