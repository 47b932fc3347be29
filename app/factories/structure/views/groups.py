"""Groups: the list, a new one, one with its factories."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Group
from app.factories.structure import operations
from app.factories.structure.forms import GroupForm
from app.factories.structure.pages import GroupPage, GroupsPage
from app.factories.structure.queries import programmes as queries
from app.factories.structure.taken import Taken
from app.factories.structure.views.blueprint import blame, bp
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.forms import offered

_MAY = Permission.PROGRAMMES_MANAGE


@bp.get("/groups", may=_MAY)
def groups() -> Response:
    return render(GroupsPage(queries.groups(g.actor)))


@bp.get("/groups/new", may=_MAY)
def new_group() -> Response:
    return _show(None, _form())


@bp.post("/groups/new", may=_MAY)
def create_group() -> Response:
    return _save(None, _form(request.form))


@bp.get("/groups/<code>", may=_MAY)
def group(code: str) -> Response:
    found = queries.group(g.actor, code)
    own = [factory.id for factory in queries.factories_in_reach(g.actor) if factory.group_id == found.id]
    data = {"code": found.code, "name": found.name, "country": found.country or "", "factories": own}
    return _show(found, _form(None, data))


@bp.post("/groups/<code>", may=_MAY)
def change_group(code: str) -> Response:
    found = queries.group(g.actor, code)
    form = _form(request.form)
    del form.code
    return _save(found, form)


def _save(found: Group | None, form: GroupForm) -> Response:
    if not form.validate():
        return _show(found, form)
    try:
        settings = form.settings(found.code if found else "")
        saved = (operations.change_group(g.actor, found.code, settings) if found
                 else operations.create_group(g.actor, settings))
    except NotFound:
        raise
    except Taken as taken:
        blame(form, taken)
        return _show(found, form)
    except Refused as refusal:
        form.factories.errors = [str(refusal)]
        return _show(found, form)
    flash(_("The group is saved."), "done")
    return see_other(url_for("structure.group", code=saved.code))


def _form(sent: Any = None, data: Any = None) -> GroupForm:
    form = GroupForm(sent, data=data)
    form.factories.choices = offered((each.id, each.name) for each in queries.factories_in_reach(g.actor))
    return form


def _show(found: Group | None, form: GroupForm) -> Response:
    in_reach = queries.factories_in_reach(g.actor) if found else []
    own = [factory for factory in in_reach if found and factory.group_id == found.id]
    return render(GroupPage(found, form, own), 422 if form.errors else 200)
