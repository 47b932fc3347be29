"""More time, more attempts, other dates: for one person or a factory."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import Blueprint, render, see_other
from app.quizzes import queries
from app.quizzes.allowed import operations
from app.quizzes.allowed.forms import AllowanceForm
from app.quizzes.allowed.pages import AllowancesPage
from app.quizzes.allowed.queries import allowances, who_can
from app.quizzes.policy import may_open
from app.sessions.queries import training_for

bp = Blueprint("allowed", __name__)
MAY = Permission.QUIZZES_OPEN
_ALLOWANCES = "/sessions/<int:training_id>/quizzes/<int:unit_id>/allowances"


@bp.get(_ALLOWANCES, may=MAY)
def index(training_id: int, unit_id: int) -> Response:
    return _page(training_id, unit_id, _form(training_id))


@bp.post(_ALLOWANCES, may=MAY)
def allow(training_id: int, unit_id: int) -> Response:
    training, form = training_for(g.actor, training_id), _form(training_id)
    if not form.validate():
        return _page(training_id, unit_id, form, 422)
    operations.allow(g.actor, training_id, unit_id, form.wanted(training.programme.zone))
    flash(_("Allowed. It holds from now on, also for attempts that run."), "done")
    return see_other(url_for("allowed.index", training_id=training_id, unit_id=unit_id))


@bp.post(f"{_ALLOWANCES}/<int:allowance_id>/removal", may=MAY)
def disallow(training_id: int, unit_id: int, allowance_id: int) -> Response:
    operations.disallow(g.actor, training_id, unit_id, allowance_id)
    flash(_("Taken back. The rules of the quiz hold again."), "done")
    return see_other(url_for("allowed.index", training_id=training_id, unit_id=unit_id))


def _form(training_id: int) -> AllowanceForm:
    form = AllowanceForm(request.form if request.method == "POST" else None)
    form.offer(who_can(training_id))
    return form


def _page(training_id: int, unit_id: int, form: AllowanceForm, status: int = 200) -> Response:
    training = training_for(g.actor, training_id)
    if not may_open(g.actor, training):
        raise NotFound
    quiz = queries.quiz_state(training, unit_id)
    return render(AllowancesPage(training, quiz, allowances(training_id, unit_id), form), status)
