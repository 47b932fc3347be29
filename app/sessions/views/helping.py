"""Who helps in a training session: the list, one more, one less."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.access.roles import Role
from app.accounts.labels import ROLES
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.sessions import operations, policy, queries
from app.sessions.forms import HelperForm
from app.sessions.models import TrainingSession
from app.sessions.pages import HelpersPage
from app.sessions.queries.helping import helpers as read_helpers
from app.sessions.views.blueprint import bp

HELPERS = "/sessions/<int:training_id>/helpers"
_MAY = Permission.HELPERS_APPOINT


@bp.get(HELPERS, may=_MAY)
def helpers(training_id: int) -> Response:
    return _show(_load(training_id), HelperForm())


@bp.post(HELPERS, may=_MAY)
def appoint(training_id: int) -> Response:
    training, form = _load(training_id), HelperForm(request.form)
    if not form.validate():
        return _show(training, form, 422)
    try:
        operations.appoint(
            g.actor,
            training_id,
            email=form.email.data or "",
            name=form.name.data or "",
            language=form.language.data,
            role=Role(form.role.data),
        )
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show(_load(training_id), form, 422)
    flash(_("Done. Who has no password yet gets a mail with a link."), "done")
    return _back(training_id)


@bp.post(f"{HELPERS}/<int:helper_id>/withdrawal", may=_MAY)
def dismiss(training_id: int, helper_id: int) -> Response:
    operations.dismiss(g.actor, training_id, helper_id)
    flash(_("The role has ended."), "done")
    return _back(training_id)


def _load(training_id: int) -> TrainingSession:
    training = queries.training_for(g.actor, training_id)
    if not policy.may_appoint(g.actor, training):
        raise NotFound
    return training


def _show(training: TrainingSession, form: HelperForm, status: int = 200) -> Response:
    return render(HelpersPage(training, read_helpers(training.id), form, ROLES), status)


def _back(training_id: int) -> Response:
    return see_other(url_for("sessions.helpers", training_id=training_id))
