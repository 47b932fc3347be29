"""Answers that came too late: whether they count is for a person to decide."""

from collections.abc import Sequence

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.platform.i18n import _
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.quizzes.explained import Explained, explain
from app.quizzes.regrading.forms import DecideForm
from app.quizzes.regrading.operations.late import decide_late
from app.quizzes.regrading.pages import LatePage
from app.quizzes.regrading.queries.late import KeptAnswer, late_answers
from app.quizzes.regrading.views.blueprint import MAY, QUIZ, bp, loaded


@bp.get(f"{QUIZ}/late", may=MAY)
def late(training_id: int, unit_id: int) -> Response:
    return _late(training_id, unit_id, DecideForm())


@bp.post(f"{QUIZ}/late/<int:late_id>", may=MAY)
def decide(training_id: int, unit_id: int, late_id: int) -> Response:
    form = DecideForm(request.form)
    if not form.validate():
        return _late(training_id, unit_id, form, late_id, 422)
    counts = form.counts.data == "yes"
    try:
        decide_late(g.actor, training_id, late_id, counts=counts, why=form.why.data or "")
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors.append(str(refusal))
        return _late(training_id, unit_id, form, late_id, 409)
    said = _("The late answer counts. The one before it is kept.") if counts else _("The late answer stays apart.")
    flash(said, "done")
    return see_other(url_for("grading.late", training_id=training_id, unit_id=unit_id))


def _late(
    training_id: int, unit_id: int, form: DecideForm, chosen: int | None = None, status: int = 200
) -> Response:
    training, quiz = loaded(training_id, unit_id)
    return render(LatePage(training, quiz, late_answers(training_id, unit_id), _said, form, chosen), status)


def _said(answer: KeptAnswer, choice: Sequence[str] | None) -> Explained:
    """What was chosen, in words that the reader understands."""
    return explain(answer.position, answer.key, choice or [], [g.actor.language, current_language(), answer.language])
