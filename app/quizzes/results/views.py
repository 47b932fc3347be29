"""The pages of results."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, request
from werkzeug.wrappers import Response

from app.courses.rules import QuizPhase
from app.platform.i18n import _, text
from app.platform.i18n.formats import format_date
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.tables import write_csv, write_xlsx
from app.platform.web import Blueprint, file_response, render
from app.quizzes.queries import quiz_state
from app.quizzes.results import operations, plots, queries, tables
from app.quizzes.results.analysis import analysis as analyse
from app.quizzes.results.forms import FilterForm
from app.quizzes.results.gains import GainView, gain_view
from app.quizzes.results.one import AnswerRow, answer_rows, late_rows
from app.quizzes.results.pages import AnalysisPage, AttemptPage, GainPage
from app.quizzes.results.policy import MAY, analysed, analysed_training
from app.quizzes.results.queries import Choices, OneAttempt, Picked

bp = Blueprint("results", __name__)

VERSION = "/courses/<code>/versions/<number>"
QUIZ = "/sessions/<int:training_id>/quizzes/<int:unit_id>"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_DRAWN = 12


@bp.get(f"{VERSION}/quizzes/<int:unit_id>/analysis", may=MAY)
def analysis(code: str, number: str, unit_id: int) -> Response:
    form = FilterForm(request.args)
    picked, _choices = _picked(code, number, form)
    unit = queries.quiz_of(picked.version_id, unit_id)
    found = analyse(picked, unit, [current_language()])
    points = [(each.number, each.facility, each.discrimination, each.is_to_mend) for each in found.items]
    drawn = [(number, facility, r, marked) for number, facility, r, marked in points if r is not None]
    return render(
        AnalysisPage(
            picked=picked,
            unit=unit,
            form=form,
            found=found,
            scatter=plots.scatter(drawn, is_mirrored=_is_rtl()),
            histogram=plots.histogram(found.spread, is_mirrored=_is_rtl()),
        )
    )


@bp.get(f"{VERSION}/quizzes/<int:unit_id>/analysis.xlsx", may=MAY)
def analysis_xlsx(code: str, number: str, unit_id: int) -> Response:
    """The same figures for another program. They name nobody."""
    picked, _choices = _picked(code, number, FilterForm(request.args))
    unit = queries.quiz_of(picked.version_id, unit_id)
    found = analyse(picked, unit, [current_language()])
    items = tables.item_rows(found.items if found.has_enough else [])
    data = write_xlsx(tables.item_header(), items, sheet=_("Questions"), right_to_left=_is_rtl())
    return file_response(data, f"{code}-{number}-{unit.code}-questions.xlsx", _XLSX)


@bp.get(f"{VERSION}/gain", may=MAY)
def gain(code: str, number: str) -> Response:
    form = FilterForm(request.args)
    picked, choices = _picked(code, number, form)
    tests = queries.tests_of(picked.version_id)
    programmes = {row.id: text(row.name) for row in choices.programmes}
    before = tests.get(QuizPhase.PRE)
    views = [
        (phase, view, plots.dumbbells(_drawn(view), is_mirrored=_is_rtl()))
        for phase in (QuizPhase.POST, QuizPhase.FOLLOW_UP)
        if before is not None and phase in tests
        for view in [gain_view(picked, before, tests[phase], programmes)]
    ]
    return render(GainPage(picked=picked, form=form, views=views, has_both=bool(views)))


@bp.get(f"{QUIZ}/attempts/<int:attempt_id>", may=MAY)
def attempt(training_id: int, unit_id: int, attempt_id: int) -> Response:
    """How it went; the answers themselves are read by `read_answers`, which is logged."""
    analysed_training(g.actor, training_id)
    return _attempt(training_id, unit_id, queries.one_attempt(training_id, unit_id, attempt_id), None)


@bp.post(f"{QUIZ}/attempts/<int:attempt_id>", may=MAY)
def read_answers(training_id: int, unit_id: int, attempt_id: int) -> Response:
    found = operations.read_answers(g.actor, training_id, unit_id, attempt_id)
    return _attempt(training_id, unit_id, found, answer_rows(found, [current_language()]))


@bp.post(f"{QUIZ}/results.csv", may=MAY)
def export_csv(training_id: int, unit_id: int) -> Response:
    found, training = operations.export_results(g.actor, training_id, unit_id), analysed_training(g.actor, training_id)
    data = write_csv(tables.header(), tables.rows(found, training.programme.zone))
    return file_response(data, f"{training.code}-results.csv", "text/csv; charset=utf-8")


@bp.post(f"{QUIZ}/results.xlsx", may=MAY)
def export_xlsx(training_id: int, unit_id: int) -> Response:
    found, training = operations.export_results(g.actor, training_id, unit_id), analysed_training(g.actor, training_id)
    rows = tables.rows(found, training.programme.zone)
    data = write_xlsx(tables.header(), rows, sheet=_("Results"), right_to_left=_is_rtl())
    return file_response(data, f"{training.code}-results.xlsx", _XLSX)


def _attempt(training_id: int, unit_id: int, found: OneAttempt, answers: Sequence[AnswerRow] | None) -> Response:
    training = analysed_training(g.actor, training_id)
    late = late_rows(found, [current_language()]) if answers is not None else []
    return render(AttemptPage(training, quiz_state(training, unit_id), found, answers, late))


def _picked(code: str, number: str, form: FilterForm) -> tuple[Picked, Choices]:
    """The version, and the choices of the filter; what is not offered counts as not chosen."""
    picked = queries.picked(code, number, analysed(g.actor), form.programme_id, form.training_id)
    choices = queries.choices(picked)
    programmes = {str(row.id): text(row.name) for row in choices.programmes}
    trainings = {str(row.id): _called(row) for row in choices.trainings}
    for field, offered in ((form.programme, programmes), (form.training, trainings)):
        field.choices = [("", _("All")), *offered.items()]
        field.data = field.data if field.data in offered else ""
    return queries.picked(code, number, picked.scope, form.programme_id, form.training_id), choices


def _called(training: Any) -> str:
    if training.starts_at is None:
        return str(training.code)
    day = training.starts_at.astimezone(ZoneInfo(training.zone)).date()
    return f"{format_date(day)} · {training.code}"


def _drawn(view: GainView) -> list[tuple[str, float, float]]:
    shown = [(row.name, row.gain.before, row.gain.after) for row in view.trainings if row.gain]
    whole = [(str(_("All")), view.whole.before, view.whole.after)] if view.whole else []
    return [*whole, *shown[:_MOST_DRAWN]]


def _is_rtl() -> bool:
    return direction(current_language()) == "rtl"
