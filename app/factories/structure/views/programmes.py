"""Programmes: the list, a new one, the settings of one."""

from collections.abc import Sequence
from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Programme
from app.factories.structure import operations
from app.factories.structure.forms import ProgrammeForm
from app.factories.structure.pages import ProgrammePage, ProgrammesPage
from app.factories.structure.queries.programmes import managed_programme, programmes
from app.factories.structure.taken import Taken
from app.factories.structure.texts import name_data, name_fields, with_names
from app.factories.structure.views.blueprint import blame, bp
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web import render, see_other

_MAY = Permission.PROGRAMMES_MANAGE


@bp.get("/programmes", may=_MAY)
def index() -> Response:
    return render(ProgrammesPage(programmes(g.actor, today("UTC")), g.actor.may(Permission.PROGRAMMES_CREATE)))


@bp.get("/programmes/new", may=Permission.PROGRAMMES_CREATE)
def new_programme() -> Response:
    return _show(None, _form(("en",)))


@bp.post("/programmes/new", may=Permission.PROGRAMMES_CREATE)
def create_programme() -> Response:
    form = _form(("en",), request.form)
    if not form.validate():
        return _show(None, form)
    try:
        made = operations.create_programme(g.actor, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show(None, form)
    flash(_("The programme is created."), "done")
    return see_other(url_for("structure.programme", code=made.code))


@bp.get("/programmes/<code>", may=_MAY)
def programme(code: str) -> Response:
    found = managed_programme(g.actor, code)
    names = (
        "code", "country", "zone", "languages", "rest_days", "headcount_months", "renewal_days",
        "certificate_wait_days",
    )  # fmt: skip
    data = {name: getattr(found, name) for name in names}
    return _show(found, _form(found.languages, None, {**data, **name_data(found.name)}))


@bp.post("/programmes/<code>", may=_MAY)
def change_programme(code: str) -> Response:
    found = managed_programme(g.actor, code)
    form = _form(found.languages, request.form)
    del form.code
    if not form.validate():
        return _show(found, form)
    operations.change_programme(g.actor, code, form.settings(code))
    flash(_("The settings are saved."), "done")
    return see_other(url_for("structure.programme", code=code))


def _form(languages: Sequence[str], sent: Any = None, data: Any = None) -> Any:
    return with_names(ProgrammeForm, languages)(sent, data=data)


def _show(found: Programme | None, form: Any) -> Response:
    return render(ProgrammePage(found, form, name_fields(form)), 422 if form.errors else 200)
