"""Waivers of one factory: the list, a new one, an earlier end."""

from datetime import timedelta
from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.coverage.requirements import operations
from app.coverage.requirements.forms import EndForm, WaiverForm
from app.coverage.requirements.forms.waiver import WHOLE
from app.coverage.requirements.pages import FactoryWaiversPage, NewWaiverPage
from app.coverage.requirements.queries import listed, waivers
from app.coverage.requirements.views.blueprint import shown
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.factories.structure.queries.factories import people_found
from app.platform.clock import today
from app.platform.i18n import _, text
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other
from app.platform.web.forms import offered
from app.platform.web.paging import paginate

bp = Blueprint("waivers", __name__)
_READ, _MANAGE = Permission.COVERAGE_READ, Permission.WAIVERS_MANAGE
_ALL = "/factories/<code>/waivers"
_HALF_A_YEAR = timedelta(days=182)


@bp.get(_ALL, may=_READ)
def index(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _READ)
    return _show_all(factory, EndForm(data={"day": today(factory.programme.zone)}))


@bp.get(f"{_ALL}/new", may=_MANAGE)
def new(code: str) -> Response:
    return _show_new_anew(factory_by_code(g.actor, code, _MANAGE))


@bp.post(f"{_ALL}/people", may=_MANAGE)
def find(code: str) -> Response:
    """The form with the people who are called so. It is sent, so that no name stands in an address."""
    return _show_new_anew(factory_by_code(g.actor, code, _MANAGE))


@bp.post(f"{_ALL}/new", may=_MANAGE)
def waive(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _MANAGE)
    form = _form(factory, request.form)
    if not form.validate():
        return _show_new(factory, form)
    try:
        operations.waive(g.actor, code, form.waived())
    except NotFound:
        raise
    except Refused as refusal:
        form.note.errors = [str(refusal)]
        return _show_new(factory, form)
    flash(_("The exemption is noted. It ends by itself."), "done")
    return see_other(url_for("waivers.index", code=code))


@bp.post(f"{_ALL}/<int:waiver_id>/end", may=_MANAGE)
def end(code: str, waiver_id: int) -> Response:
    factory, form = factory_by_code(g.actor, code, _MANAGE), EndForm(request.form)
    if not form.validate() or form.day.data is None:
        return _show_all(factory, form, waiver_id)
    try:
        operations.end_waiver(g.actor, code, waiver_id, form.day.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.day.errors = [str(refusal)]
        return _show_all(factory, form, waiver_id)
    flash(_("The exemption ends on that day."), "done")
    return see_other(url_for("waivers.index", code=code))


def _form(factory: Factory, sent: Any = None, data: Any = None) -> WaiverForm:
    form = WaiverForm(sent, data=data)
    day = today(factory.programme.zone)
    required = listed.requirements(factory.programme_id, day)
    form.requirement.choices = offered(
        (each.requirement.id, text(each.requirement.title)) for each in required if not each.has_ended(day))
    words = _words()
    people = people_found(factory.id, words) if words else []
    form.person.choices = offered([(WHOLE, _("The whole factory")), *people])
    return form


def _words() -> str:
    return request.form.get("q", "").strip()


def _show_new_anew(factory: Factory) -> Response:
    day = today(factory.programme.zone)
    return _show_new(factory, _form(factory, data={"starts_on": day, "ends_on": day + _HALF_A_YEAR, "person": WHOLE}))


def _show_new(factory: Factory, form: WaiverForm) -> Response:
    return render(NewWaiverPage(factory, form, _words()), 422 if form.errors else 200)


def _show_all(factory: Factory, form: EndForm, chosen: int | None = None) -> Response:
    part = paginate(waivers.of_factory(g.actor, factory.id), request.args.get("page", 1, type=int))
    may_waive = g.actor.scope(_MANAGE).reaches(factory.programme_id, factory.id)
    rows = [waivers.WaiverRow(*row) for row in part.rows]
    page = FactoryWaiversPage(
        factory, shown(part, rows), today(factory.programme.zone), may_waive, form if may_waive else None, chosen)
    return render(page, 422 if form.errors else 200)
