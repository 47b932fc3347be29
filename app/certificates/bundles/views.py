"""The list of certificates; bundles of them: order, wait, fetch."""

import io
from typing import Any

from flask import g, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.certificates import queries as certificates
from app.certificates.bundles import archive, operations, packing, queries, tables
from app.certificates.bundles.forms import OrderForm, PartForm, TableForm, wanted
from app.certificates.bundles.models import CertificateBundle
from app.certificates.bundles.pages import BundlePage, ListPage
from app.certificates.bundles.rules import IN_FORCE, MOST_OWN, STEP, BundleKind, Wanted, name_of
from app.certificates.labels import STATES
from app.certificates.shown import shown
from app.factories.queries import factory_by_code
from app.platform.clock import now
from app.platform.files import FileMissing, files, handouts
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import SIGNED_IN, Blueprint, file_response, render, see_other, stream_response
from app.platform.web.paging import Slice, paginate

bp = Blueprint("bundles", __name__)

_MAY = Permission.CERTIFICATES_DOWNLOAD
_TYPES = {BundleKind.ZIP: "application/zip", BundleKind.PRINT: "application/pdf"}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ONE = "/certificates/bundles/<int:bundle_id>"


@bp.get("/certificates/bundles", may=_MAY)
def index() -> Response:
    chosen = wanted(request.args)
    found = queries.found(g.actor, chosen)
    page = paginate(found, request.args.get("page", 1, type=int))
    return render(
        ListPage(
            chosen=chosen,
            choices=queries.choices(g.actor, chosen),
            counts=queries.counts(found),
            certificates=[shown(row) for row in page.rows],
            factories=queries.names_of({row.factory_id for row in page.rows}),
            states=STATES,
            number=page.number,
            latest=queries.latest(g.actor),
            **_around(page, chosen),
        )
    )


@bp.post("/certificates/bundles", may=_MAY)
def order() -> Response:
    form = OrderForm(request.form)
    if not form.validate():
        raise Refused(_("Choose what to make of the certificates."))
    made = operations.order(g.actor, BundleKind(form.kind.data or ""), wanted(request.args))
    return see_other(url_for("bundles.bundle", bundle_id=made.id))


@bp.post("/factories/<code>/certificates.zip", may=_MAY)
def of_factory(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _MAY)
    made = operations.order(g.actor, BundleKind.ZIP, Wanted(factory=factory.code, state=IN_FORCE))
    return see_other(url_for("bundles.bundle", bundle_id=made.id))


@bp.post("/certificates/bundles/table", may=_MAY)
def table() -> Response:
    form = TableForm(request.form)
    if not form.validate():
        raise Refused(_("Choose Excel or CSV."))
    ids = operations.export_list(g.actor, wanted(request.args))
    items = (item for start in range(0, len(ids), STEP) for item in packing.items(ids[start : start + STEP]))
    if form.ending.data == "csv":
        return file_response(tables.as_csv(items), "certificates.csv", "text/csv")
    return file_response(tables.as_xlsx(items), "certificates.xlsx", _XLSX)


@bp.get(ONE, may=_MAY)
def bundle(bundle_id: int) -> Response:
    found = queries.bundle(g.actor, bundle_id)
    named = queries.names_of(found.factories[:3])
    return render(BundlePage(found, list(named.values()), found.wanted))


@bp.get(f"{ONE}/progress", may=_MAY)
def progress(bundle_id: int) -> Response | str:
    """The part of the page that asks for itself again; the whole page for whoever has no script."""
    found = queries.bundle(g.actor, bundle_id)
    if request.headers.get("HX-Request") != "true":
        return see_other(url_for("bundles.bundle", bundle_id=found.id))
    return render_template("certificates/bundles/_progress.html", bundle=found, again=found.wanted)


@bp.post(f"{ONE}/file", may=_MAY)
def file(bundle_id: int) -> Response:
    found, form = queries.bundle(g.actor, bundle_id), PartForm(request.form)
    if not form.validate():
        raise NotFound
    number = form.part.data or 1
    part = operations.hand_out(g.actor, found, number)
    return _sent(found, part, number)


@bp.get("/certificates/own.zip", may=SIGNED_IN)
def own() -> Response:
    """All that a person holds, at once: these are few."""
    if g.actor.person_id is None:
        raise NotFound
    held = [row.id for row in certificates.of_person(g.actor.person_id) if row.file_key][:MOST_OWN]
    if not held:
        raise Refused(_("There is no finished certificate yet."))
    out = io.BytesIO()
    archive.write(out, held, files(), now())
    return file_response(out.getvalue(), "certificates.zip", _TYPES[BundleKind.ZIP])


def _sent(found: CertificateBundle, part: dict[str, Any], number: int) -> Response:
    try:
        opened, size = handouts().opened(part["key"])
    except FileMissing:
        raise Refused(_("The file is missing. Please order it again.")) from None
    name = name_of(found.kind, found.id, found.wanted, part=number, parts=len(found.parts))
    return stream_response(opened, size, name, _TYPES[found.kind])


def _around(page: Slice[Any], chosen: Wanted) -> dict[str, str]:
    """Addresses of the page before and the page after, empty where there is none."""
    arguments: dict[str, Any] = chosen.address()
    return {
        "previous_url": url_for("bundles.index", page=page.number - 1, **arguments) if page.number > 1 else "",
        "next_url": url_for("bundles.index", page=page.number + 1, **arguments) if page.has_more else "",
    }
