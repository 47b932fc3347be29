"""Confirming, cancelling and closing."""

from flask import flash, g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.web import render
from app.sessions import operations, queries
from app.sessions.forms import CancellationForm
from app.sessions.pages import CancellationPage
from app.sessions.views.blueprint import bp, to_training


@bp.post("/sessions/<int:training_id>/confirmation", may=Permission.SESSIONS_PLAN)
def confirm(training_id: int) -> Response:
    operations.confirm(g.actor, training_id)
    flash(_("The training session is confirmed. Invitations are on their way."), "done")
    return to_training(training_id)


@bp.get("/sessions/<int:training_id>/cancellation", may=Permission.SESSIONS_PLAN)
def ask_to_cancel(training_id: int) -> Response:
    return render(CancellationPage(queries.training_for(g.actor, training_id), CancellationForm()))


@bp.post("/sessions/<int:training_id>/cancellation", may=Permission.SESSIONS_PLAN)
def cancel(training_id: int) -> Response:
    form = CancellationForm(request.form)
    if not form.validate():
        return render(CancellationPage(queries.training_for(g.actor, training_id), form), 422)
    operations.cancel(g.actor, training_id, form.reason.data or "")
    flash(_("The training session is cancelled. Everybody who was invited is told."), "done")
    return to_training(training_id)


@bp.post("/sessions/<int:training_id>/closing", may=Permission.SESSIONS_PLAN)
def close(training_id: int) -> Response:
    operations.close(g.actor, training_id)
    flash(_("The training session is closed."), "done")
    return to_training(training_id)
