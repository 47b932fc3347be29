"""Practice: as soon as a question is answered its page says what is right, and why."""

from flask import g, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.web import Blueprint, render, see_other
from app.quizzes import queries
from app.quizzes.explained import explained_answers
from app.quizzes.pages import ExplainedPage
from app.quizzes.queries import Sitting
from app.quizzes.views.reading import wanted

bp = Blueprint("explaining", __name__)


@bp.get("/attempts/<int:attempt_id>/questions/<int:number>/explained", may=Permission.QUIZZES_TAKE)
def explained(attempt_id: int, number: int) -> Response:
    """Only what was answered is explained: until then nothing here depends on what is right."""
    sitting = queries.sitting(g.actor, attempt_id)
    asked = queries.asked(sitting, number)
    if not sitting.policy.practice or not asked.choice:
        return see_other(url_for("attempts.question", attempt_id=attempt_id, number=number))
    found = explained_answers(attempt_id, [asked.question_id], wanted())
    return render(ExplainedPage(sitting, number, found[0] if found else None, _way_on(sitting, number)))


def _way_on(sitting: Sitting, number: int) -> str:
    if not sitting.is_running:
        return url_for("attempts.resume", attempt_id=sitting.attempt_id)
    if number >= sitting.total:
        return url_for("attempts.review", attempt_id=sitting.attempt_id)
    return url_for("attempts.question", attempt_id=sitting.attempt_id, number=number + 1)
