"""Lines and sections of a factory."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.frame import frame
from app.factories.models import Factory, Line
from app.factories.queries import factory_by_code
from app.factories.structure import labels, operations
from app.factories.structure.forms import DayForm, LineForm
from app.factories.structure.pages import LinePage, LinesPage
from app.factories.structure.queries import factories as queries
from app.factories.structure.taken import Taken
from app.factories.structure.views.blueprint import blame, bp
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.platform.web.panels import panels

_MAY = Permission.FACTORIES_MANAGE
_ONE = "/factories/<code>/lines/<int:line_id>"


@bp.get("/factories/<code>/lines", may=_MAY)
def lines(code: str) -> Response:
    return _show_all(factory_by_code(g.actor, code, _MAY), LineForm())


@bp.post("/factories/<code>/lines", may=_MAY)
def add_line(code: str) -> Response:
    factory, form = factory_by_code(g.actor, code, _MAY), LineForm(request.form)
    if not form.validate():
        return _show_all(factory, form)
    try:
        operations.add_line(g.actor, code, str(form.name.data), form.kind.data)
    except Taken as taken:
        blame(form, taken)
        return _show_all(factory, form)
    flash(_("The line is added."), "done")
    return _to_list(code)


@bp.get(_ONE, may=_MAY)
def line(code: str, line_id: int) -> Response:
    factory = factory_by_code(g.actor, code, _MAY)
    found = queries.line(factory.id, line_id)
    return _show(factory, found, LineForm(data={"name": found.name, "kind": found.kind}), _closing(factory))


@bp.post(_ONE, may=_MAY)
def change_line(code: str, line_id: int) -> Response:
    factory, form = factory_by_code(g.actor, code, _MAY), LineForm(request.form)
    found = queries.line(factory.id, line_id)
    if not form.validate():
        return _show(factory, found, form, _closing(factory))
    try:
        operations.change_line(g.actor, code, line_id, str(form.name.data), form.kind.data)
    except Taken as taken:
        blame(form, taken)
        return _show(factory, found, form, _closing(factory))
    flash(_("The line is changed. Its people stay on it."), "done")
    return _to_list(code)


@bp.post(f"{_ONE}/closing", may=_MAY)
def close_line(code: str, line_id: int) -> Response:
    factory, form = factory_by_code(g.actor, code, _MAY), DayForm(request.form)
    found = queries.line(factory.id, line_id)
    if not form.validate() or form.day.data is None:
        return _show(factory, found, LineForm(data={"name": found.name, "kind": found.kind}), form)
    operations.close_line(g.actor, code, line_id, form.day.data)
    flash(_("The line is closed."), "done")
    return _to_list(code)


@bp.post(f"{_ONE}/reopening", may=_MAY)
def reopen_line(code: str, line_id: int) -> Response:
    operations.reopen_line(g.actor, code, line_id)
    flash(_("The line runs again."), "done")
    return _to_list(code)


def _closing(factory: Factory) -> DayForm:
    return DayForm(data={"day": today(factory.programme.zone)})


def _to_list(code: str) -> Response:
    return see_other(url_for("structure.lines", code=code))


def _show_all(factory: Factory, form: LineForm) -> Response:
    tabs = frame(factory, panels("factory", g.actor, factory), "settings")
    return render(LinesPage(tabs, queries.lines(factory.id), labels.LINE_KINDS, form), 422 if form.errors else 200)


def _show(factory: Factory, found: Line, form: LineForm, closing: DayForm) -> Response:
    tabs = frame(factory, panels("factory", g.actor, factory), "settings")
    return render(LinePage(tabs, found, form, closing), 422 if form.errors or closing.errors else 200)
