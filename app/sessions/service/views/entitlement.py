"""The ledger of a factory: what was granted, what was taken, when its cycle begins."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.sessions.service import operations, queries
from app.sessions.service.forms import CycleForm, GrantForm
from app.sessions.service.pages import EntitlementPage
from app.sessions.service.views.blueprint import bp

_MAY = Permission.SERVICE_MANAGE
_ADDRESS = "/factories/<code>/entitlement"


@bp.get(_ADDRESS, may=_MAY)
def entitlement(code: str) -> Response:
    return _show(_factory(code), GrantForm(), CycleForm())


@bp.post(f"{_ADDRESS}/grants", may=_MAY)
def grant(code: str) -> Response:
    form = GrantForm(request.form)
    if not form.validate():
        return _show(_factory(code), form, CycleForm(), 422)
    operations.grant(g.actor, code, form.kind.data, form.units() or 0, form.payer.data, form.note.data or "")
    flash(_("It stands in the ledger."), "done")
    return _back(code)


@bp.post(f"{_ADDRESS}/cycles", may=_MAY)
def begin_cycle(code: str) -> Response:
    form = CycleForm(request.form)
    if not form.validate():
        return _show(_factory(code), GrantForm(), form, 422)
    operations.begin_cycle(g.actor, code, form.cycle_from.day())
    flash(_("The cycle begins on that day."), "done")
    return _back(code)


def _factory(code: str) -> Factory:
    return factory_by_code(g.actor, code, _MAY)


def _back(code: str) -> Response:
    return see_other(url_for("service.entitlement", code=code))


def _show(factory: Factory, grant_form: GrantForm, cycle_form: CycleForm, status: int = 200) -> Response:
    [served] = queries.served([factory])
    return render(EntitlementPage(factory, served, queries.entries(factory.id), grant_form, cycle_form), status)
