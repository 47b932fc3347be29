"""Rooms: the list, add, change, close."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Programme
from app.factories.structure.taken import Taken
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.sessions.queries.planning import factories_of
from app.sessions.registers import operations
from app.sessions.registers.forms import RoomForm
from app.sessions.registers.pages import RoomsPage, ThingPage
from app.sessions.registers.queries import things
from app.sessions.registers.views.blueprint import blame, bp

_MAY = Permission.SESSIONS_PLAN
_ALL = "/registers/<code>/rooms"


@bp.get(_ALL, may=_MAY)
def rooms(code: str) -> Response:
    programme = things.programme_for(g.actor, code)
    return _show_all(programme, _form(programme))


@bp.post(_ALL, may=_MAY)
def add_room(code: str) -> Response:
    programme = things.programme_for(g.actor, code)
    form = _form(programme, request.form)
    if not form.validate():
        return _show_all(programme, form)
    try:
        operations.add_room(g.actor, code, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show_all(programme, form)
    flash(_("The room is added."), "done")
    return see_other(url_for("registers.rooms", code=code))


@bp.get(f"{_ALL}/<int:room_id>", may=_MAY)
def room(code: str, room_id: int) -> Response:
    programme = things.programme_for(g.actor, code)
    found = things.room(programme.id, room_id)
    names = ("name", "address", "province", "places", "closed_on")
    data = {**{name: getattr(found, name) for name in names}, "factory": str(found.factory_id or "")}
    return _show(programme, room_id, _form(programme, data=data))


@bp.post(f"{_ALL}/<int:room_id>", may=_MAY)
def change_room(code: str, room_id: int) -> Response:
    programme = things.programme_for(g.actor, code)
    things.room(programme.id, room_id)
    form = _form(programme, request.form)
    if not form.validate():
        return _show(programme, room_id, form)
    try:
        operations.change_room(g.actor, code, room_id, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show(programme, room_id, form)
    flash(_("The room is changed."), "done")
    return see_other(url_for("registers.rooms", code=code))


def _form(programme: Programme, sent: Any = None, data: Any = None) -> RoomForm:
    form = RoomForm(sent, data=data)
    form.offer((factory.id, factory.name) for factory in factories_of(programme))
    return form


def _show_all(programme: Programme, form: RoomForm) -> Response:
    page = RoomsPage(programme, things.rooms(programme.id), form, today(programme.zone))
    return render(page, 422 if form.errors else 200)


def _show(programme: Programme, room_id: int, form: RoomForm) -> Response:
    name = things.room(programme.id, room_id).name
    action = url_for("registers.change_room", code=programme.code, room_id=room_id)
    back = (_("Rooms"), url_for("registers.rooms", code=programme.code))
    return render(ThingPage(programme, name, form, action, back), 422 if form.errors else 200)
