"""What is right in a quiz: see it, change it, see first who changes."""

from collections.abc import Mapping
from typing import Any

from flask import flash, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses.queries import media_of_unit
from app.platform.i18n import _
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound
from app.platform.web import Blueprint, media_response, render, see_other
from app.quizzes.explained import Explained, explain
from app.quizzes.models import Question
from app.quizzes.queries.keys import changes_of
from app.quizzes.regrading.forms import ConfirmForm
from app.quizzes.regrading.key_forms import KeyForm, key_form
from app.quizzes.regrading.operations.keys import ShownAnew, change_key
from app.quizzes.regrading.pages import KeyPage, PreviewPage, QuestionsPage
from app.quizzes.regrading.queries.people import by_programme
from app.quizzes.regrading.queries.previews import preview
from app.quizzes.regrading.queries.questions import key_history, question_by_id, questions_of, quiz_unit

bp = Blueprint("keys", __name__)
MAY = Permission.COURSES_PUBLISH
_QUESTION = "/quizzes/questions/<int:question_id>"
_OWN = frozenset({"why", "understood", "shown"})


@bp.get("/quizzes/<int:unit_id>/questions", may=MAY)
def questions(unit_id: int) -> Response:
    return render(QuestionsPage(quiz_unit(unit_id), questions_of(unit_id)))


@bp.get(_QUESTION, may=MAY)
def question(question_id: int) -> Response:
    found = question_by_id(question_id)
    return _question(found, key_form(_standing(found) or found.key, found.key))


@bp.get(f"{_QUESTION}/pictures/<language>", may=MAY)
def picture(question_id: int, language: str) -> Response:
    found = question_by_id(question_id)
    kept = found.texts.get(language, {}).get("picture")
    if kept is None:
        raise NotFound
    file = kept["file"]
    return media_response(media_of_unit(found.unit_id, file), f"picture.{file.rpartition('.')[2]}")


@bp.get(f"{_QUESTION}/change", may=MAY)
def show_change(question_id: int) -> Response:
    """Who would change, by what the form of the question says. It writes nothing."""
    found = question_by_id(question_id)
    form, key = _asked(found, request.args)
    if form is not None and key is None:
        return _question(found, form, 422)
    return _preview(found, key, ConfirmForm())


@bp.post(f"{_QUESTION}/change", may=MAY)
def change(question_id: int) -> Response:
    found, confirm = question_by_id(question_id), ConfirmForm(request.form)
    form, key = _asked(found, request.form)
    if form is not None and key is None:
        return _question(found, form, 422)
    if not confirm.validate():
        return _preview(found, key, confirm, 422)
    try:
        change_key(
            g.actor, question_id, key, why=confirm.why.data or "", shown=confirm.shown.data or "",
            understood=confirm.understood.data,
        )  # fmt: skip
    except ShownAnew as refusal:
        confirm.form_errors.append(str(refusal))
        return _preview(found, key, confirm, 409)
    flash(_("The grades are changed. The old ones are kept beside them."), "done")
    return see_other(url_for("keys.question", question_id=question_id))


def _standing(question: Question) -> dict[str, Any] | None:
    """The key as it stands; None when the question is withdrawn."""
    return changes_of([question.id]).get(question.id, question.key)


def _asked(question: Question, sent: MultiDict[str, str]) -> tuple[KeyForm | None, dict[str, Any] | None]:
    """The form as it was sent, and the key that it makes - None when it is wrong. Without a form it is withdrawn."""
    if "withdraw" in sent:
        return None, None
    form = key_form(_standing(question) or question.key, question.key, sent)
    if form is None:
        raise NotFound
    return form, form.made() if form.validate() else None


def _question(question: Question, form: KeyForm | None, status: int = 200) -> Response:
    standing = _standing(question)
    page = KeyPage(
        quiz=quiz_unit(question.unit_id),
        question=question,
        right=(right := _explained(standing or question.key)),
        picture=question.texts.get(right.language, {}).get("picture"),
        is_withdrawn=standing is None,
        form=form,
        history=key_history(question.id),
    )
    return render(page, status)


def _preview(
    question: Question, key: dict[str, Any] | None, form: ConfirmForm, status: int = 200
) -> Response:
    found, standing = preview(question, key), _standing(question)
    form.shown.data = found.digest
    sent = request.form if request.method == "POST" else request.args
    page = PreviewPage(
        quiz=quiz_unit(question.unit_id),
        question=question,
        before=_explained(standing) if standing else None,
        after=_explained(key) if key else None,
        found=found,
        programmes=by_programme(g.actor, found),
        sent=[(name, value) for name, value in sent.items(multi=True) if name not in _OWN],
        form=form,
    )
    return render(page, status)


def _explained(key: Mapping[str, Any]) -> Explained:
    return explain(1, dict(key), [], [g.actor.language, current_language()])
