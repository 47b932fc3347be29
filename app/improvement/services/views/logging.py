"""Writing a service down once it is over, correcting it, taking it back."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.improvement.roadmap.queries import of_factory
from app.improvement.services import operations, queries
from app.improvement.services.forms import ServiceForm
from app.improvement.services.models import ServiceLog
from app.improvement.services.pages import WORDS, ServiceFormPage
from app.improvement.services.views.blueprint import ADDRESS, bp
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other

_LOG = Permission.VISITS_LOG
_ONE = f"{ADDRESS}/<int:service_id>"


@bp.get(f"{ADDRESS}/new", may=_LOG)
def new(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _LOG)
    form = _form(factory)
    form.held_on.data = today(factory.programme.zone)
    return render(_page(factory, None, form))


@bp.post(ADDRESS, may=_LOG)
def log(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _LOG)
    form = _form(factory, request.form)
    if not form.validate():
        return render(_page(factory, None, form), 422)
    try:
        operations.log(g.actor, code, form.said(), form.key)
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return render(_page(factory, None, form), 422)
    flash(_("It is written down."), "done")
    return see_other(url_for("services.of_factory", code=code))


@bp.get(f"{_ONE}/correction", may=_LOG)
def correction(code: str, service_id: int) -> Response:
    row = _service(code, service_id)
    form = _form(row.factory)
    form.show(operations.said_of(row))
    return render(_page(row.factory, row, form))


@bp.post(f"{_ONE}/correction", may=_LOG)
def correct(code: str, service_id: int) -> Response:
    row = _service(code, service_id)
    form = _form(row.factory, request.form)
    if not form.validate():
        return render(_page(row.factory, row, form), 422)
    try:
        operations.correct(g.actor, service_id, form.said())
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return render(_page(row.factory, row, form), 422)
    flash(_("It is corrected. What was said before stays below."), "done")
    return see_other(url_for("services.of_factory", code=code))


@bp.post(f"{_ONE}/withdrawal", may=_LOG)
def withdraw(code: str, service_id: int) -> Response:
    _service(code, service_id)
    operations.withdraw(g.actor, service_id)
    flash(_("It no longer counts. What was said before stays below."), "done")
    return see_other(url_for("services.of_factory", code=code))


def _service(code: str, service_id: int) -> ServiceLog:
    found = queries.service(g.actor, service_id, _LOG)
    if found.factory.code != code:
        raise NotFound
    return found


def _form(factory: Factory, sent: Any = None) -> ServiceForm:
    form = ServiceForm(sent)
    form.fill([
        (each.id, WORDS.point(each.point) if each.point else WORDS.theme(each.theme))
        for each in of_factory(factory.id)])
    return form


def _page(factory: Factory, row: ServiceLog | None, form: ServiceForm) -> ServiceFormPage:
    address = (
        url_for("services.correct", code=factory.code, service_id=row.id) if row
        else url_for("services.log", code=factory.code))
    return ServiceFormPage(factory, row, form, address)
