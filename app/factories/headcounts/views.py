"""The declared headcount of a factory: what counts, its history, a new one by hand or from a file."""

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import queries as factories
from app.factories.frame import frame
from app.factories.headcounts import labels, operations, queries, stored
from app.factories.headcounts.forms import FileForm, HeadcountForm
from app.factories.headcounts.models import HeadcountImport
from app.factories.headcounts.pages import FilePage, FoundPage, HeadcountPage, HeadcountsPage, NewHeadcountPage
from app.factories.headcounts.rules import is_of_another
from app.factories.headcounts.showing import WORDS, show
from app.factories.labels import ROLES
from app.factories.models import Factory
from app.factories.pages import Frame
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import Blueprint, render, see_other
from app.platform.web.addresses import neighbours
from app.platform.web.paging import paginate
from app.platform.web.panels import panels

bp = Blueprint("headcounts", __name__)
_READ, _ENTER = Permission.HEADCOUNTS_READ, Permission.HEADCOUNTS_IMPORT
_ALL = "/factories/<code>/headcounts"
_FILE = f"{_ALL}/files/<int:file_id>"


@bp.get(_ALL, may=_READ)
def index(code: str) -> Response:
    factory = factories.factory_by_code(g.actor, code, _READ)
    latest, employed = queries.latest(factory.id), factories.heads(factory.id).total
    listed = paginate(queries.history(factory.id), request.args.get("page", 1, type=int))
    may_enter = g.actor.scope(_ENTER).reaches(factory.programme_id, factory.id)
    files = queries.files(factory.id) if may_enter else []
    return render(HeadcountsPage(
        _frame(factory), show(factory, latest) if latest else None, employed, listed, files, may_enter, WORDS,
        *neighbours(listed)))


@bp.get(f"{_ALL}/<int:headcount_id>", may=_READ)
def headcount(code: str, headcount_id: int) -> Response:
    factory = factories.factory_by_code(g.actor, code, _READ)
    found = queries.snapshot(factory.id, headcount_id)
    of_day = queries.of_day(factory.id, found.as_of)
    others = [each for each in of_day if each.id != found.id]
    return render(HeadcountPage(_frame(factory), show(factory, found), of_day[0].id == found.id, others, WORDS))


@bp.get(f"{_ALL}/new", may=_ENTER)
def new(code: str) -> Response:
    factory = factories.factory_by_code(g.actor, code, _ENTER)
    return _show_new(factory, HeadcountForm(data={"as_of": today(factory.programme.zone)}))


@bp.post(f"{_ALL}/new", may=_ENTER)
def declare(code: str) -> Response:
    factory, form = factories.factory_by_code(g.actor, code, _ENTER), HeadcountForm(request.form)
    form.last_day = today(factory.programme.zone)
    if not form.validate():
        return _show_new(factory, form)
    made = operations.declare(g.actor, code, form.said())
    known = _("This is what counts for the day already. Nothing changed.")
    flash(_("The headcount is saved.") if made else known, "done")
    return see_other(url_for("headcounts.index", code=code))


@bp.get(f"{_ALL}/file", may=_ENTER)
def file(code: str) -> Response:
    return _show_file(factories.factory_by_code(g.actor, code, _ENTER), FileForm())


@bp.post(f"{_ALL}/file", may=_ENTER)
def send_file(code: str) -> Response:
    factory = factories.factory_by_code(g.actor, code, _ENTER)
    form = FileForm(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return _show_file(factory, form)
    try:
        found = operations.preview(g.actor, factory, form.file_name, form.read())
    except operations.HeadcountRefused as refusal:
        form.file.errors = [str(refusal)]
        return _show_file(factory, form)
    return see_other(url_for("headcounts.found", code=code, file_id=found.id))


@bp.get(_FILE, may=_ENTER)
def found(code: str, file_id: int) -> Response:
    one = _load(code, file_id)
    kept = stored.kept(one.found)
    page = FoundPage(
        _frame(one.factory), one, kept, operations.planned(one.factory_id, kept.snapshots),
        is_of_another(one.factory.names, kept.names), WORDS, labels.problem, labels.FIELDS)
    return render(page)


@bp.post(f"{_FILE}/application", may=_ENTER)
def apply(code: str, file_id: int) -> Response:
    operations.apply(g.actor, _load(code, file_id).id)
    flash(_("The headcounts are taken over."), "done")
    return see_other(url_for("headcounts.found", code=code, file_id=file_id))


def _load(code: str, file_id: int) -> HeadcountImport:
    one = queries.headcount_import(g.actor, file_id)
    if one.factory.code != code:
        raise NotFound
    return one


def _frame(factory: Factory) -> Frame:
    return frame(factory, panels("factory", g.actor, factory), "headcounts")


def _show_new(factory: Factory, form: HeadcountForm) -> Response:
    return render(NewHeadcountPage(_frame(factory), form, WORDS), 422 if form.errors else 200)


def _show_file(factory: Factory, form: FileForm) -> Response:
    return render(FilePage(_frame(factory), form, ROLES), 422 if form.errors else 200)
