"""Watching people do a task, and ticking what was seen."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.i18n import _
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other
from app.platform.web.forms import number
from app.quizzes import operations, queries
from app.quizzes.pages import ObservedPage, WatchedPage
from app.quizzes.policy import may_observe
from app.sessions.models import TrainingSession
from app.sessions.queries import training_for

bp = Blueprint("observed", __name__)
MAY = Permission.QUIZZES_OPEN
_QUIZ = "/sessions/<int:training_id>/quizzes/<int:unit_id>/observed"


@bp.get(_QUIZ, may=MAY)
def people(training_id: int, unit_id: int) -> Response:
    training = _training(training_id)
    quiz = queries.quiz_state(training, unit_id)
    return render(WatchedPage(training, quiz, queries.watched(training, unit_id)))


@bp.get(f"{_QUIZ}/<int:person_id>", may=MAY)
def person(training_id: int, unit_id: int, person_id: int) -> Response:
    return _show(training_id, unit_id, person_id)


@bp.post(f"{_QUIZ}/<int:person_id>/<int:question_id>", may=MAY)
def note(training_id: int, unit_id: int, person_id: int, question_id: int) -> Response:
    ticks = [-1 if (tick := number(each)) is None else tick for each in request.form.getlist("seen")]
    revision = number(request.form.get("revision")) or 0
    try:
        operations.note_observed(g.actor, training_id, person_id, question_id, ticks, revision)
    except NotFound:
        raise
    except Refused as refusal:
        return _show(training_id, unit_id, person_id, str(refusal), 409)
    flash(_("What you saw is saved."), "done")
    return see_other(url_for("observed.person", training_id=training_id, unit_id=unit_id, person_id=person_id))


def _training(training_id: int) -> TrainingSession:
    training = training_for(g.actor, training_id)
    if not may_observe(g.actor, training):
        raise NotFound
    return training


def _show(training_id: int, unit_id: int, person_id: int, sentence: str = "", status: int = 200) -> Response:
    training = _training(training_id)
    quiz = queries.quiz_state(training, unit_id)
    watched, tasks = queries.tasks_of(training, unit_id, person_id, [current_language()])
    return render(ObservedPage(training, quiz, watched, tasks, sentence), status)
