"""Ambassadors: the list of all in sight, one of them, the own page, appointing, deciding on tasks."""

from collections.abc import Sequence
from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.completions.rules import months_later
from app.courses import queries as courses
from app.factories.models import Factory
from app.factories.queries import factory_by_code
from app.factories.structure.queries.factories import people_found
from app.improvement.ambassadors import lists, operations, queries
from app.improvement.ambassadors.forms import AppointForm, ListForm, TableForm, TermForm, VerdictForm
from app.improvement.ambassadors.lists import Wanted
from app.improvement.ambassadors.pages import AmbassadorPage, AmbassadorsPage, AppointPage, Module, OwnPage
from app.improvement.ambassadors.panels import WORDS
from app.improvement.ambassadors.progress import is_done, known, way
from app.improvement.ambassadors.queries import Listed
from app.improvement.ambassadors.rules import Pace, TermState, due_months
from app.lessons.queries import logs_of_person
from app.platform.clock import today
from app.platform.i18n import _, text
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound, Refused
from app.platform.tables.writing import write_csv, write_xlsx
from app.platform.web import Blueprint, file_response, render, see_other
from app.platform.web.addresses import page_address
from app.platform.web.forms import offered

bp = Blueprint("ambassadors", __name__)
_READ, _APPOINT, _CONFIRM = (
    Permission.AMBASSADORS_READ, Permission.AMBASSADORS_APPOINT, Permission.PRACTICE_CONFIRM,
)  # fmt: skip
_ONE = "/ambassadors/<int:ambassador_id>"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SIZE = 50
USUAL = "factory-ambassador"
"""The pathway that is offered first."""


@bp.get("/ambassadors", may=_READ)
def index() -> Response:
    everybody = queries.listed(g.actor)
    rows = lists.chosen(everybody, _wanted())
    number = max(1, request.args.get("page", 1, type=int))
    page = AmbassadorsPage(
        rows[(number - 1) * SIZE : number * SIZE], _list_form(everybody), WORDS,
        request.query_string.decode("ascii", "ignore"), number,
        page_address(number - 1) if number > 1 else "", page_address(number + 1) if len(rows) > number * SIZE else "",
    )  # fmt: skip
    return render(page)


@bp.post("/ambassadors/table", may=_READ)
def table() -> Response:
    form = TableForm(request.form)
    if not form.validate():
        raise Refused(_("Choose Excel or CSV."))
    rows, name = lists.export(g.actor, _wanted()), _("Ambassadors")
    if form.ending.data == "csv":
        return file_response(write_csv(lists.header(), lists.cells(rows)), f"{name}.csv", "text/csv; charset=utf-8")
    is_rtl = direction(current_language()) == "rtl"
    data = write_xlsx(lists.header(), lists.cells(rows), right_to_left=is_rtl)
    return file_response(data, f"{name}.xlsx", _XLSX)


@bp.get("/ambassadors/own", may=Permission.LESSONS_LEARN)
def own() -> Response:
    rows = queries.own(g.actor)
    if not rows:
        raise NotFound
    if len(rows) == 1:
        return _show(rows[0])
    return render(OwnPage(rows, WORDS))


@bp.get("/ambassadors/own/<int:ambassador_id>", may=Permission.LESSONS_LEARN)
def own_term(ambassador_id: int) -> Response:
    found = next((each for each in queries.own(g.actor) if each.row.id == ambassador_id), None)
    if found is None:
        raise NotFound
    return _show(found)


@bp.get(_ONE, may=_READ)
def one(ambassador_id: int) -> Response:
    return _show(queries.one(g.actor, ambassador_id))


@bp.post(f"{_ONE}/term", may=_APPOINT)
def end_term(ambassador_id: int) -> Response:
    found, form = queries.one(g.actor, ambassador_id), TermForm(request.form)
    if not form.validate():
        return _show(found, form)
    try:
        operations.end_term(g.actor, ambassador_id, form.ends_on.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.ends_on.errors = [str(refusal)]
        return _show(found, form)
    flash(_("The term is changed."), "done")
    return see_other(url_for("ambassadors.one", ambassador_id=ambassador_id))


@bp.post(f"{_ONE}/logs/<int:log_id>/verdict", may=_CONFIRM)
def decide(ambassador_id: int, log_id: int) -> Response:
    found, form = queries.one(g.actor, ambassador_id), VerdictForm(request.form)
    if log_id not in {log for task in found.tasks for log in task.logs}:
        raise NotFound
    if not form.validate():
        raise Refused(_("Choose one of the list."))
    operations.decide(g.actor, log_id, form.verdict.data)
    flash(_("It is noted."), "done")
    return see_other(url_for("ambassadors.one", ambassador_id=ambassador_id, _anchor=f"log-{log_id}"))


@bp.get("/factories/<code>/ambassadors/new", may=_APPOINT)
def new(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _APPOINT)
    return _show_new(factory, _appointing(factory))


@bp.post("/factories/<code>/ambassadors/new", may=_APPOINT)
def appoint(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _APPOINT)
    if "search" in request.form:  # by POST, so that no name stands in an address
        return _show_new(factory, _appointing(factory))
    form = _appointing(factory, request.form)
    if not form.validate() or form.starts_on.data is None:
        return _show_new(factory, form)
    try:
        row = operations.appoint(
            g.actor, code, form.person.data, form.kind.data, form.pathway.data, form.starts_on.data, form.ends_on.data
        )
    except NotFound:
        raise
    except Refused as refusal:
        form.starts_on.errors = [str(refusal)]
        return _show_new(factory, form)
    flash(_("The ambassador is appointed."), "done")
    return see_other(url_for("ambassadors.one", ambassador_id=row.id))


def _wanted() -> Wanted:
    asked = request.args
    state = next((each for each in TermState if each == asked.get("state")), None)
    pace = next((each for each in Pace if each == asked.get("pace")), None)
    return Wanted(asked.get("programme", ""), asked.get("factory", ""), state, pace)


def _list_form(rows: Sequence[Listed]) -> ListForm:
    """The filter as the address has it, with the places there are."""
    form, (programmes, factories) = ListForm(request.args), lists.places(rows)
    form.programme.choices = offered([("", _("All")), *((each.code, text(each.name)) for each in programmes)])
    form.factory.choices = offered([("", _("All")), *((each.code, each.name) for each in factories)])
    return form


def _appointing(factory: Factory, sent: Any = None) -> AppointForm:
    words = request.form.get("q", "")
    form = AppointForm(sent, data={"starts_on": today(factory.programme.zone)})
    form.person.choices = offered(people_found(factory.id, words)) if words.strip() else []
    offered_ways = sorted(courses.pathways(), key=lambda each: each.pathway.code != USUAL)
    form.pathway.choices = offered((each.pathway.code, text(each.titles)) for each in offered_ways)
    return form


def _show_new(factory: Factory, form: AppointForm) -> Response:
    return render(AppointPage(factory, form, request.form.get("q", "")), 422 if form.errors else 200)


def _show(each: Listed, form: TermForm | None = None) -> Response:
    factory, is_own = each.row.factory, g.actor.person_id is not None

    def holds(permission: Permission) -> bool:
        return bool(g.actor.scope(permission).reaches(factory.programme_id, factory.id))

    if form is None and holds(_APPOINT):
        form = TermForm(data={"ends_on": each.row.ends_on})
    page = AmbassadorPage(
        each, _modules(each), {log.log_id: log for log in _logs(each)}, WORDS, holds(_CONFIRM), is_own,
        holds(Permission.FACTORIES_READ), form,
    )  # fmt: skip
    return render(page, 422 if form and form.errors else 200)


def _logs(each: Listed) -> Sequence[Any]:
    """What the reader may read of what was logged; a person finds the own words on the pages of the tasks."""
    if g.actor.person_id is not None or not g.actor.may(Permission.PRACTICE_READ):
        return []
    return logs_of_person(g.actor, each.row.person_id)


def _modules(each: Listed) -> list[Module]:
    version, zone = each.row.pathway_version, each.row.factory.programme.zone
    day, steps = today(zone), way(version)
    completed = known({each.row.person_id}, {version}).completed.get(each.row.person_id, {})
    titles = courses.titles({code for step in steps for code in step.courses})
    found = []
    for place, (step, months) in enumerate(zip(steps, due_months(version.steps, version.pace_months), strict=True), 1):
        due_on = months_later(each.term.starts_on, months) if months else None
        done = is_done(step, completed, day, zone)
        named = [(code, titles.get(code, {})) for code in step.courses]
        found.append(Module(place, named, step.needed, done, due_on, bool(due_on and due_on <= day and not done)))
    return found
