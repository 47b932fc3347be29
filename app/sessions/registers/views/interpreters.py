"""Interpreters: the list, add, change, retire."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Programme
from app.factories.structure.taken import Taken
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.sessions.registers import operations
from app.sessions.registers.forms import InterpreterForm
from app.sessions.registers.pages import InterpretersPage, ThingPage
from app.sessions.registers.queries import things
from app.sessions.registers.views.blueprint import OWN_NAMES, blame, bp

_MAY = Permission.SESSIONS_PLAN
_ALL = "/registers/<code>/interpreters"


@bp.get(_ALL, may=_MAY)
def interpreters(code: str) -> Response:
    return _show_all(things.programme_for(g.actor, code), InterpreterForm())


@bp.post(_ALL, may=_MAY)
def add_interpreter(code: str) -> Response:
    programme, form = things.programme_for(g.actor, code), InterpreterForm(request.form)
    if not form.validate():
        return _show_all(programme, form)
    try:
        operations.add_interpreter(g.actor, code, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show_all(programme, form)
    flash(_("The interpreter is added."), "done")
    return see_other(url_for("registers.interpreters", code=code))


@bp.get(f"{_ALL}/<int:interpreter_id>", may=_MAY)
def interpreter(code: str, interpreter_id: int) -> Response:
    programme = things.programme_for(g.actor, code)
    found = things.interpreter(programme.id, interpreter_id)
    names = ("name", "email", "languages", "retired_on")
    return _show(programme, interpreter_id, InterpreterForm(data={name: getattr(found, name) for name in names}))


@bp.post(f"{_ALL}/<int:interpreter_id>", may=_MAY)
def change_interpreter(code: str, interpreter_id: int) -> Response:
    programme, form = things.programme_for(g.actor, code), InterpreterForm(request.form)
    things.interpreter(programme.id, interpreter_id)
    if not form.validate():
        return _show(programme, interpreter_id, form)
    try:
        operations.change_interpreter(g.actor, code, interpreter_id, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show(programme, interpreter_id, form)
    flash(_("The interpreter is changed."), "done")
    return see_other(url_for("registers.interpreters", code=code))


def _show_all(programme: Programme, form: InterpreterForm) -> Response:
    rows = things.interpreters(programme.id)
    page = InterpretersPage(programme, rows, OWN_NAMES, form, today(programme.zone))
    return render(page, 422 if form.errors else 200)


def _show(programme: Programme, interpreter_id: int, form: InterpreterForm) -> Response:
    name = things.interpreter(programme.id, interpreter_id).name
    action = url_for("registers.change_interpreter", code=programme.code, interpreter_id=interpreter_id)
    back = (_("Interpreters"), url_for("registers.interpreters", code=programme.code))
    return render(ThingPage(programme, name, form, action, back), 422 if form.errors else 200)
