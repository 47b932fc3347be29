"""Entering what a training session cost."""

from decimal import Decimal

from flask import flash, g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import Blueprint, render
from app.sessions import queries as sessions
from app.sessions.costs import operations, queries
from app.sessions.costs.forms import CostForm
from app.sessions.costs.pages import CostPage
from app.sessions.costs.rules import major
from app.sessions.views.blueprint import to_training

bp = Blueprint("costs", __name__)

_MAY = Permission.COSTS_WRITE
_ONE = "/sessions/costs/<int:cost_id>"


@bp.post("/sessions/<int:training_id>/costs", may=_MAY)
def add(training_id: int) -> Response:
    training = sessions.training_for(g.actor, training_id)
    if not queries.may_enter(g.actor, training):
        raise NotFound
    form = CostForm(request.form)
    if not form.validate():
        return render(CostPage(training, form, None), 422)
    operations.add(g.actor, training_id, form.paid(), form.key)
    flash(_("Saved. The reports count it from now on."), "done")
    return to_training(training_id)


@bp.get(_ONE, may=_MAY)
def edit(cost_id: int) -> Response:
    cost = queries.cost(g.actor, cost_id)
    written: Decimal = major(cost.amount, cost.currency)
    said = {"payer": cost.payer, "payer_name": cost.payer_name, "amount": f"{written:f}", "currency": cost.currency}
    return render(CostPage(sessions.training_for(g.actor, cost.training_id), CostForm(data=said), cost))


@bp.post(_ONE, may=_MAY)
def correct(cost_id: int) -> Response:
    cost, form = queries.entered(g.actor, cost_id), CostForm(request.form)
    if not form.validate():
        return render(CostPage(sessions.training_for(g.actor, cost.training_id), form, cost), 422)
    operations.correct(g.actor, cost_id, form.paid())
    flash(_("Corrected. What was entered before is kept, and counts no more."), "done")
    return to_training(cost.training_id)


@bp.post(f"{_ONE}/removal", may=_MAY)
def remove(cost_id: int) -> Response:
    training_id = operations.remove(g.actor, cost_id)
    flash(_("Removed. What was entered is kept, and counts no more."), "done")
    return to_training(training_id)
