"""Answering an anonymous form: the own evaluation on the own phone, the survey of workers with the code."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts import throttles
from app.courses.rules import FormKind
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound, Refused
from app.platform.web import PUBLIC, Blueprint, render, see_other
from app.quizzes.forms import CodeForm
from app.quizzes.surveys import operations, queries
from app.quizzes.surveys.forms import said, ticket
from app.quizzes.surveys.models import SurveyWindow, random_id
from app.quizzes.surveys.pages import AnswerPage, OpenSurveysPage, ShutPage, SurveyCodePage, ThanksPage
from app.quizzes.surveys.queries import Form
from app.quizzes.surveys.rules import form_text
from app.sessions.models import TrainingSession
from app.sessions.queries import by_code

bp = Blueprint("surveys", __name__)
bp.after_request(throttles.keep_device)

EVALUATION = "/evaluations/<int:training_id>/<form>"
SURVEY = "/survey/<code>/<int:window_id>"
TAKE = Permission.QUIZZES_TAKE


@bp.get(EVALUATION, may=TAKE)
def evaluation(training_id: int, form: str) -> Response:
    return _evaluation(training_id, form)


@bp.post(EVALUATION, may=TAKE)
def answer_evaluation(training_id: int, form: str) -> Response:
    _training, asked = _own(training_id, form)
    text = form_text(asked.texts, [request.form.get("language")])
    try:
        operations.answer_evaluation(g.actor, training_id, form, text.language, said(request.form, text.items))
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        return _evaluation(training_id, form, refusal)
    return see_other(url_for(".evaluation", training_id=training_id, form=form))


@bp.get("/survey", may=PUBLIC)
def code() -> Response:
    if "code" not in request.args:
        return render(SurveyCodePage(CodeForm()))
    form = CodeForm(request.args)
    if not form.validate():
        return render(SurveyCodePage(form), 422)
    return see_other(url_for(".open_surveys", code=form.code.data))


@bp.get("/survey/<code>", may=PUBLIC)
def open_surveys(code: str) -> Response:
    throttles.count_door_try("survey")
    training = by_code(code)
    if training is None:
        form = CodeForm(data={"code": code[:40]})
        form.code.errors = [_("There is no training with this code. Look at the board again.")]
        return render(SurveyCodePage(form), 404)
    found = queries.open_surveys(training.id)
    surveys = [(window, factory, _form(training, window).titles) for window, factory in found]
    if not surveys:
        return _shut(url_for(".open_surveys", code=training.code))
    return render(OpenSurveysPage(training.code, surveys))


@bp.get(SURVEY, may=PUBLIC)
def survey(code: str, window_id: int) -> Response:
    throttles.count_door_try("survey")
    return _survey(code, window_id)


@bp.post(SURVEY, may=PUBLIC)
def answer_survey(code: str, window_id: int) -> Response:
    throttles.count_door_try("survey")
    training = by_code(code)
    once = ticket(request.form.get("ticket"))
    if training is None or once is None:
        raise NotFound
    window = queries.window_for(training.id, window_id)
    text = form_text(_form(training, window).texts, [request.form.get("language")])
    try:
        operations.answer_survey(training.id, window_id, once, text.language, said(request.form, text.items))
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        return _survey(code, window_id, refusal, once)
    return see_other(url_for(".thanks", code=code, window_id=window_id))


@bp.get(f"{SURVEY}/thanks", may=PUBLIC)
def thanks(code: str, window_id: int) -> Response:
    training = by_code(code)
    if training is None:
        raise NotFound
    window = queries.window_for(training.id, window_id)
    text = form_text(_form(training, window).texts, wanted())
    path = url_for(".thanks", code=code, window_id=window_id)
    return render(ThanksPage(text, path, url_for(".survey", code=code, window_id=window_id)))


def _own(training_id: int, form: str) -> tuple[TrainingSession, Form]:
    """The training session in which the person has a seat, and its evaluation."""
    training = queries.own_training(g.actor.person_id or 0, training_id)
    return training, queries.form_of(training.version, form, FormKind.EVALUATION)


def _evaluation(training_id: int, form: str, refusal: Refused | None = None) -> Response:
    training, asked = _own(training_id, form)
    path = url_for(".evaluation", training_id=training_id, form=form)
    if queries.has_answered(training_id, form, g.actor.person_id or 0):
        return render(ThanksPage(form_text(asked.texts, wanted()), path))
    if queries.open_evaluation(training_id, form) is None:
        return _shut(path)
    return _answer(asked, training.version.titles, path, None, refusal)


def _survey(code: str, window_id: int, refusal: Refused | None = None, once: int | None = None) -> Response:
    training = by_code(code)
    if training is None:
        raise NotFound
    path = url_for(".survey", code=training.code, window_id=window_id)
    found = queries.open_surveys(training.id, window_id)
    if not found:
        _form(training, queries.window_for(training.id, window_id))
        return _shut(path)
    window, factory = found[0]
    about = training.version.titles
    return _answer(_form(training, window), about, path, once or random_id(), refusal, factory)


def _answer(
    asked: Form, about: Mapping[str, str], path: str, once: int | None, refusal: Refused | None,
    factory: Factory | None = None,
) -> Response:  # fmt: skip
    text = form_text(asked.texts, [request.form.get("language"), *wanted()])
    page = AnswerPage(
        titles=asked.titles,
        about=about,
        form_text=text,
        languages=languages_of(asked.texts),
        request_path=path,
        ticket=once,
        factory=factory,
        said=said(request.form, text.items),
        sentence=str(refusal) if refusal else "",
    )
    return render(page, 422 if refusal else 200)


def _form(training: TrainingSession, window: SurveyWindow) -> Form:
    return queries.form_of(training.version, window.form, FormKind.WORKER_SURVEY)


def _shut(path: str) -> Response:
    return render(ShutPage(_("This form is not open now. Ask your trainer."), path), 409)


def languages_of(texts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The languages that a form can be read in, as they call themselves."""
    return [(code, LANGUAGES[code].own_name) for code in LANGUAGES if code in texts]


def wanted() -> Sequence[str | None]:
    """Languages of the reader: chosen on this device, the person's own, the page's."""
    return (request.cookies.get("language"), g.actor.language, current_language())

