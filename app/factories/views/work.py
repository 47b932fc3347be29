"""Pages on which one person is hired, does other work, leaves, or turns out to come from another factory."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import labels, operations, queries
from app.factories.frame import frame
from app.factories.models import Employment, Factory, Person
from app.factories.pages import HirePage, OriginPage, WorkPage
from app.factories.search import find_people, places
from app.factories.structure.taken import Taken
from app.factories.views.blueprint import bp
from app.factories.work_forms import EndForm, HireForm, WorkForm
from app.platform.clock import today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.panels import panels

_MAY, _LINK = Permission.PEOPLE_EDIT, Permission.PEOPLE_MERGE
_WORK = "/factories/<code>/people/<int:person_id>/work"
_ORIGIN = "/factories/<code>/people/<int:person_id>/origin"
_ENDING = "ending"
MOST_FOUND = 20


@bp.get("/factories/<code>/people/new", may=_MAY)
def new_person(code: str) -> Response:
    factory = queries.factory_by_code(g.actor, code, _MAY)
    return _show_new(factory, _hiring(factory))


@bp.post("/factories/<code>/people/new", may=_MAY)
def add_person(code: str) -> Response:
    factory = queries.factory_by_code(g.actor, code, _MAY)
    form = _hiring(factory, request.form)
    if not form.validate() or form.day.data is None:
        return _show_new(factory, form)
    try:
        person = operations.hire(g.actor, code, form.hire(), form.terms(), form.day.data)
    except NotFound:
        raise
    except Refused as refusal:
        _blame(form, refusal)
        return _show_new(factory, form)
    flash(_("The person is added."), "done")
    return _to(person.id)


@bp.get(_WORK, may=_MAY)
def work(code: str, person_id: int) -> Response:
    return _show_work(*_load(code, person_id, _MAY))


@bp.post(_WORK, may=_MAY)
def change_work(code: str, person_id: int) -> Response:
    factory, person, held = _load(code, person_id, _MAY)
    form = _working(factory, held, request.form)
    if not form.validate() or form.day.data is None:
        return _show_work(factory, person, held, form)
    try:
        operations.change_work(g.actor, code, person.id, form.terms(), form.day.data)
    except NotFound:
        raise
    except Refused as refusal:
        _blame(form, refusal)
        return _show_work(factory, person, held, form)
    flash(_("The change is saved."), "done")
    return _to(person.id)


@bp.post(f"{_WORK}/ending", may=_MAY)
def end_work(code: str, person_id: int) -> Response:
    factory, person, held = _load(code, person_id, _MAY)
    form = EndForm(request.form, prefix=_ENDING)
    if not form.validate() or form.day.data is None:
        return _show_work(factory, person, held, ending=form)
    try:
        operations.end_work(g.actor, code, person.id, form.reason.data, form.day.data)
    except NotFound:
        raise
    except Refused as refusal:
        _blame(form, refusal)
        return _show_work(factory, person, held, ending=form)
    flash(_("The person no longer works here. The history stays."), "done")
    return _to(person.id)


@bp.get(_ORIGIN, may=_LINK)
def origin(code: str, person_id: int) -> Response:
    factory, person, _held = _load(code, person_id, _LINK)
    words = request.args.get("q", "")
    rows = db.session.execute(find_people(g.actor, words).limit(MOST_FOUND)).all() if words.strip() else []
    at = places(g.actor, [row.id for row in rows])
    found = [(row, at[row.id]) for row in rows if row.id != person.id and at[row.id].factory_code != code]
    return render(OriginPage(_tabs(factory), person, words, found, labels.ROLES))


@bp.post(_ORIGIN, may=_LINK)
def came_from(code: str, person_id: int) -> Response:
    person = operations.came_from(g.actor, code, person_id, request.form.get("other", 0, type=int))
    flash(_("The history of this person goes on here."), "done")
    return _to(person)


def _load(code: str, person_id: int, permission: Permission) -> tuple[Factory, Person, Employment]:
    """The factory, the person and the work there that holds. Raises NotFound."""
    factory = queries.factory_by_code(g.actor, code, permission)
    person = queries.person(g.actor, person_id, permission)
    held = queries.open_employment(person.id, factory_id=factory.id)
    if held is None:
        raise NotFound
    return factory, person, held


def _hiring(factory: Factory, sent: Any = None) -> HireForm:
    form = HireForm(sent, data={"day": today(factory.programme.zone)})
    form.offer_lines(queries.lines(factory.id))
    return form


def _working(factory: Factory, held: Employment, sent: Any = None) -> WorkForm:
    data = {"role": held.role or "", "designation": held.designation, "line": str(held.line_id or "")}
    form = WorkForm(sent, data={**data, "day": today(factory.programme.zone)})
    form.offer_lines(queries.lines(factory.id, held.line_id))
    return form


def _blame(form: Any, refusal: Refused) -> None:
    form[refusal.field if isinstance(refusal, Taken) else "day"].errors = [str(refusal)]


def _tabs(factory: Factory) -> Any:
    return frame(factory, panels("factory", g.actor, factory), "people")


def _to(person_id: int) -> Response:
    return see_other(url_for("factories.person", person_id=person_id))


def _show_new(factory: Factory, form: HireForm) -> Response:
    return render(HirePage(_tabs(factory), form), 422 if form.errors else 200)


def _show_work(
    factory: Factory, person: Person, held: Employment, form: WorkForm | None = None, ending: EndForm | None = None
) -> Response:
    ending = ending or EndForm(prefix=_ENDING, data={"day": today(factory.programme.zone)})
    may_link = g.actor.scope(_LINK).reaches(factory.programme_id)
    page = WorkPage(_tabs(factory), person, held, form or _working(factory, held), ending, may_link)
    return render(page, 422 if page.form.errors or ending.errors else 200)
