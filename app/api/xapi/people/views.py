"""How other systems name people, in the browser: of one person, and of all of a factory."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.api.xapi import names as own
from app.api.xapi.people import operations, queries
from app.api.xapi.people.forms import NumberingForm, OtherNameForm
from app.api.xapi.people.pages import FactoryNamesPage, PersonNamesPage
from app.factories import queries as factories
from app.factories.frame import frame
from app.factories.models import Factory, Person
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.tables import write_csv
from app.platform.web import Blueprint, file_response, render, see_other
from app.platform.web.panels import panels

bp = Blueprint("other_names", __name__)
_MAY = Permission.FACTORIES_MANAGE
_PERSON = "/people/<int:person_id>/names"
_FACTORY = "/factories/<code>/names"
_LAST_PAGE = 10_000


@bp.get(_PERSON, may=_MAY)
def person(person_id: int) -> Response:
    return _show_person(_person(person_id), OtherNameForm())


@bp.post(_PERSON, may=_MAY)
def add(person_id: int) -> Response:
    found, form = _person(person_id), OtherNameForm(request.form)
    if not form.validate():
        return _show_person(found, form)
    try:
        operations.add_name(g.actor, found.id, form.wanted())
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show_person(found, form)
    flash(_("From now on this name means the person."), "done")
    return see_other(url_for("other_names.person", person_id=found.id))


@bp.post(f"{_PERSON}/<int:name_id>/end", may=_MAY)
def end(person_id: int, name_id: int) -> Response:
    operations.end_name(g.actor, person_id, name_id)
    flash(_("The name means nobody from now on."), "done")
    return see_other(url_for("other_names.person", person_id=person_id))


@bp.get(_FACTORY, may=_MAY)
def factory(code: str) -> Response:
    return _show_factory(factories.factory_by_code(g.actor, code, _MAY), NumberingForm())


@bp.post(_FACTORY, may=_MAY)
def add_numbering(code: str) -> Response:
    found, form = factories.factory_by_code(g.actor, code, _MAY), NumberingForm(request.form)
    if not form.validate():
        return _show_factory(found, form)
    try:
        operations.add_numbering(g.actor, code, form.home_page.data or "")
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show_factory(found, form)
    flash(_("From now on names at this address are employee numbers."), "done")
    return see_other(url_for("other_names.factory", code=code))


@bp.post(f"{_FACTORY}/<int:numbering_id>/end", may=_MAY)
def end_numbering(code: str, numbering_id: int) -> Response:
    operations.end_numbering(g.actor, code, numbering_id)
    flash(_("Names at this address are employee numbers no more."), "done")
    return see_other(url_for("other_names.factory", code=code))


@bp.post(f"{_FACTORY}/list", may=_MAY)
def download(code: str) -> Response:
    rows = operations.name_people(g.actor, code)
    table = write_csv(operations.HEADER, [(number, own.home(), name) for number, name in rows])
    return file_response(table, f"names-{code}.csv", "text/csv")


def _person(person_id: int) -> Person:
    found = factories.person(g.actor, person_id, _MAY)
    if found.erased_at is not None:
        raise NotFound
    return found


def _show_person(found: Person, form: OtherNameForm) -> Response:
    page = PersonNamesPage(found, queries.own_name(found.id), own.home(), queries.names_of_person(found.id), form)
    return render(page, 422 if form.errors else 200)


def _show_factory(found: Factory, form: NumberingForm) -> Response:
    shown = frame(found, panels("factory", g.actor, found), "settings")
    number = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    numberings, (named, has_more) = queries.numberings(found.id), queries.named_people(found.id, number)
    page = FactoryNamesPage(shown, found, own.home(), numberings, named, number, has_more, form)
    return render(page, 422 if form.errors else 200)
