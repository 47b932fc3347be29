"""Reading open answers, one at a time."""

from collections.abc import Sequence

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.platform.i18n import _
from app.platform.i18n.texts import current_language
from app.platform.web import render, see_other
from app.quizzes.explained import explain
from app.quizzes.regrading.forms import HandForm
from app.quizzes.regrading.operations.by_hand import GradedMeanwhile, grade_answer
from app.quizzes.regrading.pages import AnswerPage, GradingPage
from app.quizzes.regrading.queries.waiting import given_for, open_answer, waiting
from app.quizzes.regrading.views.blueprint import MAY, QUIZ, bp, loaded

ANSWER = f"{QUIZ}/grading/<int:answer_id>"


@bp.get(f"{QUIZ}/grading", may=MAY)
def grading(training_id: int, unit_id: int) -> Response:
    training, quiz = loaded(training_id, unit_id)
    return render(GradingPage(training, quiz, waiting(training_id, unit_id)))


@bp.get(ANSWER, may=MAY)
def one_answer(training_id: int, unit_id: int, answer_id: int) -> Response:
    return _answer(training_id, unit_id, answer_id, HandForm())


@bp.post(ANSWER, may=MAY)
def grade(training_id: int, unit_id: int, answer_id: int) -> Response:
    """The next answer follows at once."""
    form = HandForm(request.form)
    if not form.validate():
        return _answer(training_id, unit_id, answer_id, form, 422)
    following = _after(waiting(training_id, unit_id).waiting, answer_id)
    try:
        grade_answer(
            g.actor, training_id, unit_id, answer_id, form.points.data or 0, comment=form.comment.data or "",
            seen=form.seen.data or 0,
        )  # fmt: skip
    except GradedMeanwhile as refusal:
        form.form_errors.append(str(refusal))
        return _answer(training_id, unit_id, answer_id, form, 409)
    flash(_("Saved."), "done")
    if following is None:
        return see_other(url_for("grading.grading", training_id=training_id, unit_id=unit_id))
    return see_other(
        url_for("grading.one_answer", training_id=training_id, unit_id=unit_id, answer_id=following)
    )


def _answer(training_id: int, unit_id: int, answer_id: int, form: HandForm, status: int = 200) -> Response:
    training, quiz = loaded(training_id, unit_id)
    answer = open_answer(training_id, unit_id, answer_id)
    left, given = waiting(training_id, unit_id).waiting, given_for(answer.attempt_id, answer.question_id)
    form.seen.data = given[0].grade_id if given else 0
    page = AnswerPage(
        training=training,
        quiz=quiz,
        answer=answer,
        asked=explain(answer.position, answer.key, [], [answer.language, current_language()]),
        given=given,
        left=len(left),
        after=_after(left, answer_id),
        shows_name="name" in request.args,
        form=form,
    )
    return render(page, status)


def _after(waiting: Sequence[int], answer_id: int) -> int | None:
    """The next of those that wait, round and round; None when there is no other."""
    others = [each for each in waiting if each != answer_id]
    place = waiting.index(answer_id) if answer_id in waiting else 0
    return others[place % len(others)] if others else None
