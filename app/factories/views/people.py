"""The page of one person, and correcting what it says."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import labels, people, queries
from app.factories.merging import queries as merging
from app.factories.models import Employment, Factory, Person, PersonMerge
from app.factories.pages import PersonFormPage, PersonPage
from app.factories.people_forms import PersonForm, person_form
from app.factories.views.blueprint import bp
from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.languages import LANGUAGES
from app.platform.refusal import NotFound
from app.platform.web import render, see_other
from app.platform.web.panels import panels


@bp.get("/people/<int:person_id>", may=Permission.FACTORIES_READ)
def person(person_id: int) -> Response:
    found = queries.person(g.actor, person_id)
    if found.id != person_id:  # an entry that turned out to be this person
        return see_other(url_for("factories.person", person_id=found.id))
    known = LANGUAGES.get(found.language)
    page = PersonPage(
        person=found,
        work=people.work_of(g.actor, found.id),
        roles=labels.ROLES,
        sexes=labels.ONE_SEX,
        reasons=labels.END_REASONS,
        own_language=known.own_name if known else found.language,
        may_edit=people.may_edit(g.actor, found),
        merges=_merges(found),
        panels=panels("person_page", g.actor, found),
    )
    return render(page)


@bp.get("/people/<int:person_id>/details", may=Permission.PEOPLE_EDIT)
def details(person_id: int) -> Response:
    found = _editable(person_id)
    return render(PersonFormPage(found, _form(found)))


@bp.post("/people/<int:person_id>/details", may=Permission.PEOPLE_EDIT)
def correct(person_id: int) -> Response:
    found = _editable(person_id)
    form = _form(found, request.form)
    if not form.validate():
        return render(PersonFormPage(found, form), 422)
    people.correct(g.actor, found.id, form.values())
    flash(_("The change is saved."), "done")
    return see_other(url_for("factories.person", person_id=found.id))


def _editable(person_id: int) -> Person:
    found = queries.person(g.actor, person_id, Permission.PEOPLE_EDIT)
    if not people.may_edit(g.actor, found):
        raise NotFound
    return found


def _form(found: Person, sent: object = None) -> PersonForm:
    work = queries.open_employment(found.id) or db.session.query(Employment).filter_by(person_id=found.id).first()
    country = db.session.get_one(Factory, work.factory_id).programme.country if work else ""
    return person_form(found, country, sent)


def _merges(found: Person) -> list[PersonMerge]:
    """Merges that the actor may take back."""
    if not g.actor.may(Permission.PEOPLE_MERGE):
        return []
    try:
        merging.person_for(g.actor, found.id)
    except NotFound:
        return []
    return merging.merges_of(found.id)
