"""The quiz in the training room, for those who run it and those who want to know how it went."""

import segno
from flask import current_app, flash, g, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other
from app.quizzes import operations, queries
from app.quizzes.forms import WindowForm
from app.quizzes.pages import QuizPage
from app.quizzes.policy import factories_seen, may_grade, may_observe, may_open
from app.quizzes.regrading.queries.work import work_of
from app.quizzes.results.labels import STATES
from app.quizzes.results.policy import may_analyse
from app.quizzes.results.queries import places
from app.sessions.queries import training_for

bp = Blueprint("quizzes", __name__)


@bp.get("/sessions/<int:training_id>/quizzes/<int:unit_id>", may=Permission.RESULTS_READ)
def quiz(training_id: int, unit_id: int) -> Response:
    return _quiz(training_id, unit_id, WindowForm())


@bp.get("/sessions/<int:training_id>/quizzes/<int:unit_id>/finished", may=Permission.QUIZZES_OPEN)
def finished(training_id: int, unit_id: int) -> str:
    """The live count, which asks for itself again while the quiz is open, and beside it who is where."""
    training = training_for(g.actor, training_id)
    if not may_open(g.actor, training):
        raise NotFound
    state = queries.quiz_state(training, unit_id)
    context = {"places": places(training_id, unit_id), "place_states": STATES, "is_swapped": True}
    may_read = may_analyse(g.actor, training)
    return render_template("quizzes/_finished_live.html", quiz=state, reads_answers=may_read, **context)


@bp.post("/sessions/<int:training_id>/quizzes/<int:unit_id>/window", may=Permission.QUIZZES_OPEN)
def open_window(training_id: int, unit_id: int) -> Response:
    form = WindowForm(request.form)
    if not form.validate():
        return _quiz(training_id, unit_id, form, 422)
    try:
        operations.open_window(g.actor, training_id, unit_id, form.minutes.data or 0)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        form.minutes.errors = [str(refusal)]
        return _quiz(training_id, unit_id, form, 422)
    flash(_("The quiz is open."), "done")
    return see_other(url_for("quizzes.quiz", training_id=training_id, unit_id=unit_id))


@bp.post("/sessions/<int:training_id>/quizzes/<int:unit_id>/window/closing", may=Permission.QUIZZES_OPEN)
def close_window(training_id: int, unit_id: int) -> Response:
    operations.close_window(g.actor, training_id, unit_id)
    flash(_("The quiz is closed. What was saved counts."), "done")
    return see_other(url_for("quizzes.quiz", training_id=training_id, unit_id=unit_id))


def _quiz(training_id: int, unit_id: int, form: WindowForm, status: int = 200) -> Response:
    training = training_for(g.actor, training_id)
    address = current_app.extensions["settings"].base_url + url_for("join.people", code=training.code)
    factories = factories_seen(g.actor, training)
    runs, state = may_open(g.actor, training), queries.quiz_state(training, unit_id)
    page = QuizPage(
        training=training,
        quiz=state,
        form=form,
        join_url=address,
        join_qr=segno.make(address, error="m", micro=False).svg_data_uri(border=4, dark="#000", light="#fff"),
        results=queries.results(training_id, unit_id, factories),
        sees_scores=factories is None,
        may_open=runs,
        places=places(training_id, unit_id) if runs and (state.closes_at or state.finished) else [],
        reads_answers=may_analyse(g.actor, training),
        has_observed=may_observe(g.actor, training) and queries.has_observed(unit_id),
        work=work_of(training_id, unit_id) if may_grade(g.actor, training) else None,
    )
    return render(page, status)
