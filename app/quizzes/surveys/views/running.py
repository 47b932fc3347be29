"""Running the anonymous forms of a training session, and what came of them."""

from flask import current_app, flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses.rules import FormKind
from app.platform.i18n import _
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound, Refused
from app.platform.tables import write_xlsx
from app.platform.web import Blueprint, file_response, render, see_other
from app.quizzes.policy import factories_seen, may_open
from app.quizzes.surveys import operations, queries
from app.quizzes.surveys.forms import SurveyForm, said, ticked, ticket
from app.quizzes.surveys.models import random_id
from app.quizzes.surveys.pages import HandedInPage, ResultsPage, SheetPage, SurveysPage
from app.quizzes.surveys.rules import SurveyPhase, form_text
from app.quizzes.surveys.tables import result_header, result_rows
from app.quizzes.surveys.views.answering import languages_of
from app.sessions.models import TrainingSession
from app.sessions.queries import booked, training_for

bp = Blueprint("survey_desk", __name__)

SURVEYS = "/sessions/<int:training_id>/surveys"
WINDOW = f"{SURVEYS}/windows/<int:window_id>"
FORM = f"{SURVEYS}/<form>"
OPEN, READ = Permission.QUIZZES_OPEN, Permission.RESULTS_READ
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get(SURVEYS, may=READ)
def surveys(training_id: int) -> Response:
    return _surveys(training_for(g.actor, training_id))


@bp.post(f"{FORM}/opening", may=OPEN)
def open_evaluation(training_id: int, form: str) -> Response:
    operations.open_evaluation(g.actor, training_id, form)
    flash(_("The evaluation is open for two weeks."), "done")
    return see_other(url_for(".surveys", training_id=training_id))


@bp.post(f"{FORM}/window", may=OPEN)
def open_survey(training_id: int, form: str) -> Response:
    training = _run(training_id)
    sent = _offer(SurveyForm(request.form), training)
    if not sent.validate():
        return _surveys(training, sent, form, 422)
    whom = sent.factory.data, SurveyPhase(sent.phase.data), sent.hours.data or 0
    operations.open_survey(g.actor, training_id, form, *whom)
    flash(_("The survey is open."), "done")
    return see_other(url_for(".surveys", training_id=training_id))


@bp.post(f"{WINDOW}/closing", may=OPEN)
def close(training_id: int, window_id: int) -> Response:
    operations.close_survey(g.actor, training_id, window_id)
    flash(_("The form is closed. Results are shown where five or more have answered."), "done")
    return see_other(url_for(".surveys", training_id=training_id))


@bp.get(f"{WINDOW}/sheets", may=OPEN)
def sheet(training_id: int, window_id: int) -> Response:
    return _sheet(_run(training_id), window_id)


@bp.post(f"{WINDOW}/sheets", may=OPEN)
def enter_sheet(training_id: int, window_id: int) -> Response:
    training = _run(training_id)
    window = queries.window_for(training.id, window_id)
    once = ticket(request.form.get("ticket"))
    if once is None:
        raise NotFound
    text = form_text(queries.form_of(training.version, window.form).texts, [request.form.get("language")])
    answers = said(request.form, text.items)
    try:
        operations.enter_sheet(g.actor, training_id, window_id, once, text.language, answers)
    except Refused as refusal:
        if type(refusal) is not Refused:
            raise
        return _sheet(training, window_id, refusal, once)
    flash(_("The sheet is entered. Here is the next one."), "done")
    return see_other(url_for(".sheet", training_id=training_id, window_id=window_id))


@bp.get(f"{FORM}/turns", may=OPEN)
def turns(training_id: int, form: str) -> Response:
    training = _run(training_id)
    asked = queries.form_of(training.version, form, FormKind.EVALUATION)
    return render(HandedInPage(training, asked, queries.missing(training.id, form)))


@bp.post(f"{FORM}/turns", may=OPEN)
def note_turns(training_id: int, form: str) -> Response:
    operations.note_handed_in(g.actor, training_id, form, ticked(request.form.getlist("person")))
    return see_other(url_for(".turns", training_id=training_id, form=form))


@bp.get(f"{FORM}/results", may=READ)
def results(training_id: int, form: str) -> Response:
    return render(_results(training_id, form))


@bp.get(f"{FORM}/results.xlsx", may=READ)
def results_xlsx(training_id: int, form: str) -> Response:
    page = _results(training_id, form)
    is_rtl = direction(current_language()) == "rtl"
    rows = result_rows(page.results, page.form_text)
    data = write_xlsx(result_header(), rows, sheet=_("Results"), right_to_left=is_rtl)
    return file_response(data, f"{page.training.code}-{page.form.id}.xlsx", _XLSX)


def _run(training_id: int) -> TrainingSession:
    training = training_for(g.actor, training_id)
    if not may_open(g.actor, training):
        raise NotFound
    return training


def _offer(form: SurveyForm, training: TrainingSession) -> SurveyForm:
    factories = {seat.factory_id: seat.factory for seat in booked(training.id)}
    return form.offer(sorted(factories.values(), key=lambda each: each.name))


def _surveys(training: TrainingSession, sent: SurveyForm | None = None, asked: str = "", status: int = 200) -> Response:
    opens = may_open(g.actor, training)
    states = queries.form_states(training)
    if not opens:
        seen = factories_seen(g.actor, training)
        states = [queries.seen_by(state, seen) for state in states]
    base: str = current_app.extensions["settings"].base_url
    address = base + url_for("surveys.open_surveys", code=training.code)
    form = sent or _offer(SurveyForm(), training)
    return render(SurveysPage(training, states, form, asked, opens, address), status)


def _sheet(
    training: TrainingSession, window_id: int, refusal: Refused | None = None, once: int | None = None
) -> Response:
    window = queries.window_for(training.id, window_id)
    asked = queries.form_of(training.version, window.form)
    sent = request.form.get("language") or request.args.get("language")
    text = form_text(asked.texts, [sent, training.language, current_language()])
    page = SheetPage(
        titles=asked.titles,
        about=training.version.titles,
        form_text=text,
        languages=languages_of(asked.texts),
        request_path=url_for(".sheet", training_id=training.id, window_id=window_id),
        ticket=once or random_id(),
        said=said(request.form, text.items),
        sentence=str(refusal) if refusal else "",
        training=training,
        entered=queries.number_of(window),
    )
    return render(page, 422 if refusal else 200)


def _results(training_id: int, form: str) -> ResultsPage:
    training = training_for(g.actor, training_id)
    asked = queries.form_of(training.version, form)
    factories = factories_seen(g.actor, training)
    found = queries.results_of(training.id, form, factories, with_comments=factories is None)
    text = form_text(asked.texts, [current_language(), training.language])
    return ResultsPage(training, asked, text, found, factories is None)
