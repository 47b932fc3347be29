"""Evidence packs of a factory: order, wait, fetch."""

from flask import g, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.frame import frame
from app.factories.models import Factory
from app.factories.pages import Frame
from app.factories.queries import factory_by_code
from app.learning_record.evidence import operations, queries
from app.learning_record.evidence.forms import PackForm
from app.learning_record.evidence.pages import OrderPage, PackPage
from app.learning_record.evidence.rules import name_of
from app.platform.files import FileMissing, handouts
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other, stream_response
from app.platform.web.panels import panels

bp = Blueprint("evidence", __name__)

_MAY = Permission.EVIDENCE_TAKE
ALL = "/factories/<code>/record/evidence"
ONE = f"{ALL}/<int:pack_id>"


@bp.get(ALL, may=_MAY)
def index(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _MAY)
    day = operations.yesterday(factory)
    return _show(factory, PackForm(data={"since": day.replace(month=1, day=1), "until": day, "at": day}))


@bp.post(ALL, may=_MAY)
def order(code: str) -> Response:
    factory, form = factory_by_code(g.actor, code, _MAY), PackForm(request.form)
    if not form.validate():
        return _show(factory, form)
    try:
        made = operations.order(g.actor, code, form.period)
    except NotFound:
        raise
    except Refused as refusal:
        form.until.errors = [str(refusal)]
        return _show(factory, form)
    return see_other(url_for("evidence.pack", code=code, pack_id=made.id))


@bp.get(ONE, may=_MAY)
def pack(code: str, pack_id: int) -> Response:
    found = queries.pack(g.actor, code, pack_id)
    return render(PackPage(_frame(found.factory), found))


@bp.get(f"{ONE}/progress", may=_MAY)
def progress(code: str, pack_id: int) -> Response | str:
    """The part of the page that asks for itself again; the whole page for whoever has no script."""
    found = queries.pack(g.actor, code, pack_id)
    if request.headers.get("HX-Request") != "true":
        return see_other(url_for("evidence.pack", code=code, pack_id=found.id))
    return render_template("learning_record/evidence/_progress.html", pack=found)


@bp.post(f"{ONE}/file", may=_MAY)
def file(code: str, pack_id: int) -> Response:
    found = queries.pack(g.actor, code, pack_id)
    try:
        opened, size = handouts().opened(operations.hand_out(g.actor, found))
    except FileMissing:
        raise Refused(_("The file is missing. Please order it again.")) from None
    return stream_response(opened, size, name_of(code, found.period), "application/zip")


def _show(factory: Factory, form: PackForm) -> Response:
    day = operations.yesterday(factory)
    page = OrderPage(_frame(factory), form, day, queries.latest(g.actor, factory))
    return render(page, 422 if form.errors else 200)


def _frame(factory: Factory) -> Frame:
    return frame(factory, panels("factory", g.actor, factory), "record")
