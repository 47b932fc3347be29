"""Earlier trainings from a list: send it, look at it, take it over, take it back."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import queries as factories
from app.factories.frame import frame
from app.factories.models import Factory
from app.factories.pages import Frame
from app.factories.rules import ImportState
from app.learning_record.earlier.forms import ListForm, decided
from app.learning_record.earlier.labels import problem
from app.learning_record.earlier.matching import match, match_courses
from app.learning_record.operations import earlier as operations
from app.learning_record.operations.earlier import Decision, ListRefused, problems_of, rows_of
from app.learning_record.pages import EarlierListPage, EarlierPage
from app.learning_record.queries import earlier as queries
from app.learning_record.views.blueprint import bp
from app.learning_record.views.record import PAGE
from app.platform.i18n import _, text
from app.platform.refusal import Refused
from app.platform.web import render, see_other
from app.platform.web.panels import panels

_MAY = Permission.ROSTERS_IMPORT
LISTS = f"{PAGE}/earlier"
ONE = f"{LISTS}/<int:earlier_id>"


@bp.get(LISTS, may=_MAY)
def earlier(code: str) -> Response:
    return _show(factories.factory_by_code(g.actor, code, _MAY), ListForm(), choosing=False)


@bp.post(LISTS, may=_MAY)
def send_earlier(code: str) -> Response:
    factory = factories.factory_by_code(g.actor, code, _MAY)
    sent: Any = (request.files, request.form)
    form: Any = ListForm(CombinedMultiDict(sent))
    is_refused = False
    if not form.validate():
        return _show(factory, form, choosing=False)
    try:
        found = operations.preview_earlier(g.actor, code, form.file_name, form.read(), form.chosen())
    except ListRefused as refusal:
        is_refused = refusal.found.reason == "columns_not_found"
        form.offer(refusal.found.headings, {})
        form.file.errors = [str(refusal)]
    except (Refused, ValueError) as refusal:
        form.file.errors = [str(refusal) if isinstance(refusal, Refused) else _("Choose the columns anew.")]
    else:
        return see_other(url_for("record.earlier_list", code=code, earlier_id=found.id))
    return _show(factory, form, choosing=is_refused)


@bp.get(ONE, may=_MAY)
def earlier_list(code: str, earlier_id: int) -> Response:
    found = queries.earlier_import(g.actor, code, earlier_id)
    rows, factory, form = rows_of(found), found.factory, ListForm()
    form.offer(found.found.get("headings", ()), found.choices.get("columns", {}))
    is_open = found.state is ImportState.PREVIEWED
    matches = match(rows, queries.people(factory.id)) if is_open else {}
    catalogue, texts = queries.courses() if is_open else [], _texts(found.found.get("rows", ()))
    known = match_courses(texts, catalogue)
    may_count = g.actor.scope(Permission.FACTORIES_MANAGE).reaches(factory.programme_id, factory.id)
    return render(EarlierListPage(
        _frame(factory), found, form, [(row, matches[row.row]) for row in rows], problems_of(found),
        [(each, known.get(each)) for each in texts],
        sorted(((course_id, text(titles)) for course_id, _code, titles in catalogue), key=lambda each: each[1]),
        may_count, problem))


@bp.post(f"{ONE}/application", may=_MAY)
def apply_earlier(code: str, earlier_id: int) -> Response:
    found = queries.earlier_import(g.actor, code, earlier_id)
    decision = Decision(*decided(request.form, _texts(found.found.get("rows", ()))))
    operations.apply_earlier(g.actor, code, earlier_id, decision)
    flash(_("The trainings are taken over."), "done")
    return see_other(url_for("record.earlier_list", code=code, earlier_id=earlier_id))


@bp.post(f"{ONE}/undo", may=_MAY)
def undo_earlier(code: str, earlier_id: int) -> Response:
    operations.undo_earlier(g.actor, code, earlier_id)
    flash(_("The trainings of this list are taken back."), "done")
    return see_other(url_for("record.earlier_list", code=code, earlier_id=earlier_id))


def _texts(rows: list[dict[str, str]]) -> list[str]:
    """Each word for a course once, in the order of the list."""
    return list(dict.fromkeys(row["course"] for row in rows))


def _frame(factory: Factory) -> Frame:
    return frame(factory, panels("factory", g.actor, factory), "record")


def _show(factory: Factory, form: ListForm, *, choosing: bool) -> Response:
    page = EarlierPage(_frame(factory), form, choosing, queries.imports(factory.id))
    return render(page, 422 if form.errors else 200)
