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
from app.quizzes.labels import in_sentences
from app.quizzes.pages import QuizPage
from app.quizzes.policy import factories_seen, may_grade, may_observe, may_open
from app.quizzes.queries.banks import bank_of
from app.quizzes.regrading.queries.work import work_of
from app.quizzes.results.labels import STATES
from app.quizzes.results.policy import may_analyse
from app.quizzes.results.queries.room import in_room
from app.sessions.policy import may_start_kiosk
from app.sessions.queries import training_for
from app.sessions.rules import TrainingState

bp = Blueprint("quizzes", __name__)


@bp.get("/sessions/<int:training_id>/quizzes/<int:unit_id>", may=Permission.RESULTS_READ)
def quiz(training_id: int, unit_id: int) -> Response:
    return _quiz(training_id, unit_id, WindowForm())


@bp.get("/sessions/<int:training_id>/quizzes/<int:unit_id>/finished", may=Permission.QUIZZES_OPEN)
def finished(training_id: int, unit_id: int) -> str:
    """The live count, which asks for itself again while the quiz is open, and beside it everybody."""
    training = training_for(g.actor, training_id)
    if not may_open(g.actor, training):
        raise NotFound
    state = queries.quiz_state(training, unit_id)
    factories = factories_seen(g.actor, training)
    people = in_room(training_id, unit_id, factories, with_places=True)
    seen = {"sees_scores": factories is None, "reads_answers": may_analyse(g.actor, training), "states": STATES}
    return render_template(
        "quizzes/room/_finished_live.html", quiz=state, people=people, is_live=True, is_swapped=True, **seen
    )


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
    is_live = runs and bool(state.closes_at or state.finished)
    bank = bank_of(unit_id)
    page = QuizPage(
        training=training,
        quiz=state,
        form=form,
        join_url=address,
        join_qr=segno.make(address, error="m", micro=False).svg_data_uri(border=4, dark="#000", light="#fff"),
        people=in_room(training_id, unit_id, factories, with_places=is_live),
        is_live=is_live,
        sees_scores=factories is None,
        may_open=runs,
        reads_answers=may_analyse(g.actor, training),
        has_observed=may_observe(g.actor, training) and queries.has_observed(unit_id),
        has_kiosk=training.state is TrainingState.CONFIRMED and may_start_kiosk(g.actor, training),
        is_practice=bank.policy.practice,
        rules=in_sentences(bank.policy, bank.asked(), bank.written()),
        work=work_of(training_id, unit_id) if may_grade(g.actor, training) else None,
    )
    return render(page, status)
