"""Host accounts: the list, add, change, close."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Programme
from app.factories.structure.taken import Taken
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.sessions.registers import operations, policy
from app.sessions.registers.forms import HostForm
from app.sessions.registers.pages import HostsPage, ThingPage
from app.sessions.registers.queries import things
from app.sessions.registers.views.blueprint import blame, bp

_SEE, _MAY = Permission.SESSIONS_PLAN, Permission.REGISTERS_MANAGE
_ALL = "/registers/<code>/hosts"


@bp.get(_ALL, may=_SEE)
def hosts(code: str) -> Response:
    programme = things.programme_for(g.actor, code)
    return _show_all(programme, HostForm() if policy.may_manage(g.actor, programme) else None)


@bp.post(_ALL, may=_MAY)
def add_host(code: str) -> Response:
    programme, form = things.programme_for(g.actor, code, _MAY), HostForm(request.form)
    if not form.validate():
        return _show_all(programme, form)
    try:
        operations.add_host(g.actor, code, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show_all(programme, form)
    flash(_("The host account is added."), "done")
    return see_other(url_for("registers.hosts", code=code))


@bp.get(f"{_ALL}/<int:host_id>", may=_MAY)
def host(code: str, host_id: int) -> Response:
    programme = things.programme_for(g.actor, code, _MAY)
    found = things.host(programme.id, host_id)
    data = {"name": found.name, "provider": found.provider, "closed_on": found.closed_on}
    return _show(programme, host_id, HostForm(data=data))


@bp.post(f"{_ALL}/<int:host_id>", may=_MAY)
def change_host(code: str, host_id: int) -> Response:
    programme, form = things.programme_for(g.actor, code, _MAY), HostForm(request.form)
    things.host(programme.id, host_id)
    if not form.validate():
        return _show(programme, host_id, form)
    try:
        operations.change_host(g.actor, code, host_id, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show(programme, host_id, form)
    flash(_("The host account is changed."), "done")
    return see_other(url_for("registers.hosts", code=code))


def _show_all(programme: Programme, form: HostForm | None) -> Response:
    page = HostsPage(programme, things.hosts(programme.id), form, today(programme.zone))
    return render(page, 422 if form and form.errors else 200)


def _show(programme: Programme, host_id: int, form: HostForm) -> Response:
    name = things.host(programme.id, host_id).name
    action = url_for("registers.change_host", code=programme.code, host_id=host_id)
    back = (_("Host accounts"), url_for("registers.hosts", code=programme.code))
    return render(ThingPage(programme, name, form, action, back), 422 if form.errors else 200)
