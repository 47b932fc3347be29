"""A new factory, the settings of one, and what holds for it from a day on."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.frame import frame
from app.factories.models import Factory, Programme
from app.factories.queries import factory_by_code
from app.factories.structure import labels, operations
from app.factories.structure.forms import OWN, PROGRAMME, FactoryForm, TermForm
from app.factories.structure.pages import FactorySettingsPage, NewFactoryPage, TermsPage
from app.factories.structure.queries import factories as queries
from app.factories.structure.queries.programmes import groups, managed_programme
from app.factories.structure.taken import Taken
from app.factories.structure.views.blueprint import blame, bp
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.platform.web.panels import panels

_MAY = Permission.FACTORIES_MANAGE


@bp.get("/programmes/<code>/factories/new", may=_MAY)
def new_factory(code: str) -> Response:
    programme = managed_programme(g.actor, code)
    return _show_new(programme, _form(data={"language": programme.languages[0] if programme.languages else "en"}))


@bp.post("/programmes/<code>/factories/new", may=_MAY)
def create_factory(code: str) -> Response:
    programme = managed_programme(g.actor, code)
    form = _form(request.form)
    if not form.validate():
        return _show_new(programme, form)
    try:
        made = operations.create_factory(g.actor, code, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show_new(programme, form)
    flash(_("The factory is created. Now import its staff list."), "done")
    return see_other(url_for("factories.factory", code=made.code))


@bp.get("/factories/<code>/settings", may=_MAY)
def settings(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _MAY)
    names = ("name", "local_name", "code", "language", "province", "export_zone", "os_id", "slcp_id", "status",
        "products")
    data = {name: getattr(factory, name) for name in names}
    rests = {"rests": PROGRAMME if factory.rest_days is None else OWN, "rest_days": factory.rest_days or []}
    return _show(factory, _form(data={**data, **rests, "group": str(factory.group_id or "")}, of=factory))


@bp.post("/factories/<code>/settings", may=_MAY)
def change_factory(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _MAY)
    form = _form(request.form, of=factory)
    if not form.validate():
        return _show(factory, form)
    try:
        changed = operations.change_factory(g.actor, code, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show(factory_by_code(g.actor, code, _MAY), form)
    flash(_("The settings are saved."), "done")
    return see_other(url_for("structure.settings", code=changed.code))


@bp.get("/factories/<code>/terms", may=_MAY)
def terms(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _MAY)
    return _show_terms(factory, TermForm(data={"starts_on": today(factory.programme.zone)}))


@bp.post("/factories/<code>/terms", may=_MAY)
def begin_term(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _MAY)
    form = TermForm(request.form)
    if not form.validate() or form.starts_on.data is None:
        return _show_terms(factory, form)
    operations.begin_term(g.actor, code, *form.chosen(), form.starts_on.data)
    flash(_("It holds from that day on. What held before stays in the history."), "done")
    return see_other(url_for("structure.terms", code=code))


def _form(sent: Any = None, data: Any = None, of: Factory | None = None) -> FactoryForm:
    form = FactoryForm(sent, data=data)
    offered = {group.id: group.name for group, _number in groups(g.actor)}
    if of is not None and of.group is not None:
        offered.setdefault(of.group.id, of.group.name)
    form.offer_groups(offered.items())
    return form


def _show_new(programme: Programme, form: FactoryForm) -> Response:
    return render(NewFactoryPage(programme, form), 422 if form.errors else 200)


def _show(factory: Factory, form: FactoryForm) -> Response:
    tabs = frame(factory, panels("factory", g.actor, factory), "settings")
    return render(FactorySettingsPage(tabs, form), 422 if form.errors else 200)


def _show_terms(factory: Factory, form: TermForm) -> Response:
    tabs, found = frame(factory, panels("factory", g.actor, factory), "settings"), queries.terms(factory.id)
    page = TermsPage(tabs, found, today(factory.programme.zone), labels.TERMS, labels.VALUES, form)
    return render(page, 422 if form.errors else 200)
