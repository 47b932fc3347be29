"""Designs: the list, a new one, one with its versions, and what was issued with a version."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.certificates.designs import operations
from app.certificates.designs.content import content_of
from app.certificates.designs.forms import NameForm, NewForm
from app.certificates.designs.operations.drafts import seen_of
from app.certificates.designs.pages import DesignPage, DesignsPage, IssuedPage, NewPage
from app.certificates.designs.queries import designs as queries
from app.certificates.designs.views.blueprint import DESIGN, MAY, bp
from app.certificates.shown import shown
from app.courses.queries import catalogue
from app.factories.models import Programme
from app.factories.queries import programme_by_code
from app.factories.structure.taken import Taken
from app.platform.i18n import _, text
from app.platform.web import render, see_other
from app.platform.web.forms import number as whole_number
from app.platform.web.forms import offered
from app.platform.web.paging import paginate

_NEW = "/programmes/<code>/certificate-designs/new"
_ALL = "all"


@bp.get("/certificate-designs", may=MAY)
def index() -> Response:
    return render(DesignsPage(queries.designs(g.actor), queries.programmes(g.actor)))


@bp.get(_NEW, may=MAY)
def new(code: str) -> Response:
    programme = programme_by_code(g.actor, code, MAY)
    return render(NewPage(programme, _new_form(programme)))


@bp.post(_NEW, may=MAY)
def create(code: str) -> Response:
    programme = programme_by_code(g.actor, code, MAY)
    form = _new_form(programme, request.form)
    if not form.validate():
        return render(NewPage(programme, form), 422)
    try:
        made = operations.create(g.actor, code, whole_number(form.course.data), form.name.data or "")
    except Taken as taken:
        form.course.errors = [str(taken)]
        return render(NewPage(programme, form), 422)
    flash(_("The design is begun. Nothing is issued with it until you publish it."), "done")
    return see_other(url_for("designs.draft", design_id=made.id))


@bp.get(DESIGN, may=MAY)
def design(design_id: int) -> Response:
    return _show(design_id, NameForm(data={"name": queries.design(g.actor, design_id).name}))


@bp.post(DESIGN, may=MAY)
def rename(design_id: int) -> Response:
    form = NameForm(request.form)
    if not form.validate():
        return _show(design_id, form)
    operations.rename(g.actor, design_id, form.name.data or "")
    flash(_("The name is saved."), "done")
    return see_other(url_for("designs.design", design_id=design_id))


@bp.post(f"{DESIGN}/archive", may=MAY)
def archive(design_id: int) -> Response:
    operations.archive(g.actor, design_id)
    flash(_("The design is archived. Certificates that were issued with it stay as they are."), "done")
    return see_other(url_for("designs.design", design_id=design_id))


@bp.post(f"{DESIGN}/restoration", may=MAY)
def restore(design_id: int) -> Response:
    try:
        operations.restore(g.actor, design_id)
    except Taken as taken:
        flash(str(taken), "harm")
    else:
        flash(_("The design is in use again."), "done")
    return see_other(url_for("designs.design", design_id=design_id))


@bp.get(f"{DESIGN}/versions/<int:number>", may=MAY)
def issued(design_id: int, number: int) -> Response:
    found = queries.design(g.actor, design_id)
    version = queries.version(found.id, number)
    page = paginate(queries.issued_with(version.id), request.args.get("page", 1, type=int))
    return render(IssuedPage(found, version, [shown(row) for row in page.rows], page.number, page.has_more))


def _new_form(programme: Programme, sent: Any = None) -> NewForm:
    form = NewForm(sent, data={"name": text(programme.name)})
    courses = [(str(version.course_id), text(version.titles)) for version in catalogue()]
    form.course.choices = offered([(_ALL, _("All courses without a design of their own")), *courses])
    return form


def _show(design_id: int, form: NameForm) -> Response:
    found = queries.design(g.actor, design_id)
    versions = queries.versions(found.id)
    latest, content = versions[0][0], content_of(versions[0][0].content)
    people = {row.id: row for row in queries.signatories(found.programme_id)}
    signing = [people[each] for each in content.signatories if each in people]
    page = DesignPage(found, queries.course_titles(found), versions, content, signing, seen_of(latest), form)
    return render(page, 422 if form.errors else 200)
