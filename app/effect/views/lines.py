"""Line productivity: a file of weeks sent, looked at, applied, taken back; trainings corrected; lines compared."""

from collections.abc import Sequence

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.effect import labels, operations, queries, stored
from app.effect.files import Problem
from app.effect.forms import FileForm, TrainingForm, TrainingsForm
from app.effect.models import WeekFile
from app.effect.pages import FilePage, FoundPage, TrainingPage, TrainingsPage
from app.effect.views.blueprint import bp
from app.factories.frame import frame
from app.factories.headcounts.rules import is_of_another
from app.factories.models import Factory
from app.factories.pages import Frame
from app.factories.queries import factory_by_code
from app.platform.i18n import _, ngettext
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.panels import panels

_ENTER = Permission.EFFECT_IMPORT
_ALL = "/factories/<code>/effect"
_FILE = f"{_ALL}/files/<int:week_file_id>"
MOST = 100
"""So many problems of a file are shown."""


@bp.post("/programmes/<code>/effect", may=_ENTER)
def compare_all(code: str) -> Response:
    operations.compare_all(g.actor, code)
    flash(_("The lines are being compared. Look again in a minute."), "done")
    return see_other(url_for("effect.index"))


@bp.post(f"{_ALL}/comparison", may=_ENTER)
def compare(code: str) -> Response:
    operations.compare(g.actor, code)
    flash(_("The lines are being compared. Look again in a minute."), "done")
    return _back(code)


@bp.get(f"{_ALL}/file", may=_ENTER)
def file(code: str) -> Response:
    return _show_file(factory_by_code(g.actor, code, _ENTER), FileForm())


@bp.post(f"{_ALL}/file", may=_ENTER)
def send_file(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _ENTER)
    form = FileForm(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return _show_file(factory, form)
    try:
        found = operations.preview(g.actor, factory, form.file_name, form.read(), form.columns)
    except operations.WeeksRefused as refusal:
        form.file.errors = [str(refusal)]
        return _show_file(factory, form)
    return see_other(url_for("effect.found", code=code, week_file_id=found.id))


@bp.get(_FILE, may=_ENTER)
def found(code: str, week_file_id: int) -> Response:
    one = _load(code, week_file_id)
    kept = stored.kept(one.found)
    return render(FoundPage(
        _frame(one.factory), one, kept, len({each["line_key"] for each in kept.rows}),
        is_of_another(one.factory.names, kept.names), [*map(labels.worded, kept.problems[:MOST])], labels.problem,
        labels.FIELDS))


@bp.post(f"{_FILE}/application", may=_ENTER)
def apply(code: str, week_file_id: int) -> Response:
    operations.apply(g.actor, _load(code, week_file_id).id)
    flash(_("The weeks are taken over, and the lines are being compared."), "done")
    return see_other(url_for("effect.found", code=code, week_file_id=week_file_id))


@bp.post(f"{_FILE}/withdrawal", may=_ENTER)
def undo(code: str, week_file_id: int) -> Response:
    operations.undo(g.actor, _load(code, week_file_id).id)
    flash(_("The file is taken back. What was known before counts again."), "done")
    return see_other(url_for("effect.found", code=code, week_file_id=week_file_id))


@bp.get(f"{_ALL}/training", may=_ENTER)
def training(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _ENTER)
    lines = {each.key: each for each in queries.lines(factory.id)}
    chosen = lines.get(request.args.get("line", ""))
    said = {"line": chosen.key, "trained_on": chosen.trained_on, "sex": chosen.sex or ""} if chosen else {}
    return _show_training(factory, TrainingForm(data=said))


@bp.post(f"{_ALL}/training", may=_ENTER)
def correct(code: str) -> Response:
    factory, form = factory_by_code(g.actor, code, _ENTER), TrainingForm(request.form)
    form.line.choices = _choices(factory)
    if not form.validate():
        return _show_training(factory, form)
    try:
        operations.correct(g.actor, code, form.said())
    except Refused as refusal:
        form.trained_on.errors = [str(refusal)]
        return _show_training(factory, form)
    flash(_("The training of the line is saved, and the lines are being compared."), "done")
    return _back(code)


@bp.get(f"{_ALL}/trainings", may=_ENTER)
def trainings(code: str) -> Response:
    return _show_trainings(factory_by_code(g.actor, code, _ENTER), TrainingsForm())


@bp.post(f"{_ALL}/trainings", may=_ENTER)
def send_trainings(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _ENTER)
    form = TrainingsForm(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return _show_trainings(factory, form)
    try:
        new = operations.correct_all(g.actor, factory, form.read(), form.columns, (form.course.data or "").strip())
    except operations.TrainingsRefused as refusal:
        form.file.errors = [str(refusal)]
        return _show_trainings(factory, form, refusal.problems)
    said = ngettext(
        "The training of %(num)s line is saved, and the lines are being compared.",
        "The trainings of %(num)s lines are saved, and the lines are being compared.", new)
    flash(said if new else _("All of this was known already. Nothing changed."), "done")
    return _back(code)


def _choices(factory: Factory) -> list[tuple[str, str]]:
    return [(each.key, each.name) for each in queries.lines(factory.id)]


def _back(code: str) -> Response:
    return see_other(url_for("factories.panel", code=code, panel="effect"))


def _load(code: str, week_file_id: int) -> WeekFile:
    one = queries.week_file(g.actor, week_file_id)
    if one.factory.code != code:
        raise NotFound
    return one


def _frame(factory: Factory) -> Frame:
    return frame(factory, panels("factory", g.actor, factory), "effect")


def _show_file(factory: Factory, form: FileForm) -> Response:
    return render(FilePage(_frame(factory), form), 422 if form.errors else 200)


def _show_trainings(factory: Factory, form: TrainingsForm, problems: Sequence[Problem] = ()) -> Response:
    return render(TrainingsPage(_frame(factory), form, problems[:MOST]), 422 if form.errors else 200)


def _show_training(factory: Factory, form: TrainingForm) -> Response:
    form.line.choices = _choices(factory)
    return render(TrainingPage(_frame(factory), form), 422 if form.errors else 200)


