"""Attempts as those see them who run the quiz; opening one again."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.quizzes import queries
from app.quizzes.regrading.forms import WhyForm
from app.quizzes.regrading.operations.reopening import reopen as reopen_attempt
from app.quizzes.regrading.pages import AttemptPage, AttemptsPage
from app.quizzes.regrading.queries.sat import grade_history, one_sat, reopenings, sat
from app.quizzes.regrading.views.blueprint import ATTEMPT, MAY, QUIZ, bp, loaded, training_to_grade
from app.quizzes.rules import AttemptState


@bp.get(f"{QUIZ}/attempts", may=MAY)
def attempts(training_id: int, unit_id: int) -> Response:
    training, quiz = loaded(training_id, unit_id)
    return render(AttemptsPage(training, quiz, sat(training_id, unit_id)))


@bp.get(ATTEMPT, may=MAY)
def attempt(training_id: int, attempt_id: int) -> Response:
    return _attempt(training_id, attempt_id, WhyForm())


@bp.post(f"{ATTEMPT}/reopening", may=MAY)
def reopen(training_id: int, attempt_id: int) -> Response:
    form = WhyForm(request.form)
    if not form.validate():
        return _attempt(training_id, attempt_id, form, 422)
    try:
        opened = reopen_attempt(g.actor, training_id, attempt_id, why=form.why.data or "")
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors.append(str(refusal))
        return _attempt(training_id, attempt_id, form, 409)
    if opened.state is AttemptState.IN_PROGRESS:
        flash(_("The attempt is open again. The person goes on where it ended."), "done")
    else:
        flash(_("Time is over for this attempt. It was handed in with what was saved."), "done")
    return see_other(url_for("grading.attempt", training_id=training_id, attempt_id=attempt_id))


def _attempt(training_id: int, attempt_id: int, form: WhyForm, status: int = 200) -> Response:
    training, found = training_to_grade(training_id), one_sat(training_id, attempt_id)
    page = AttemptPage(
        training=training,
        quiz=queries.quiz_state(training, found.unit_id),
        sat=found,
        history=grade_history(attempt_id),
        reopenings=reopenings(attempt_id),
        form=form,
    )
    return render(page, status)
