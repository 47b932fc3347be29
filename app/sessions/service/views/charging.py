"""What a training session takes from entitlements."""

from flask import flash, g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.sessions import queries
from app.sessions.service import operations
from app.sessions.service.forms import ChargeForm
from app.sessions.service.views.blueprint import bp
from app.sessions.views.blueprint import to_training


@bp.post("/sessions/<int:training_id>/charge", may=Permission.SESSIONS_PLAN)
def charge(training_id: int) -> Response:
    training = queries.training_for(g.actor, training_id)
    form = ChargeForm(request.form)
    if not form.validate():
        raise Refused(_("Choose from the list."))
    operations.charge(g.actor, training.id, form.kind.data, form.payer.data)
    flash(_("Saved. The entitlements are counted anew."), "done")
    return to_training(training_id)
