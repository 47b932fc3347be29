"""What a programme requires: the list, one requirement with its versions, its end."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.coverage.models import Requirement
from app.coverage.requirements import documents, operations
from app.coverage.requirements.forms import EndForm
from app.coverage.requirements.models import RequirementVersion
from app.coverage.requirements.pages import (
    EndPage,
    ProgrammesPage,
    RequirementPage,
    RequirementsPage,
    RequirementWaiversPage,
)
from app.coverage.requirements.previews import preview
from app.coverage.requirements.queries import listed, loading, waivers
from app.coverage.requirements.views.blueprint import bp, factories_of, shown
from app.factories.models import Programme
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import render, see_other
from app.platform.web.paging import paginate
from app.platform.web.panels import panels

_READ, _MANAGE = Permission.REQUIREMENTS_READ, Permission.REQUIREMENTS_MANAGE
ALL = "/programmes/<code>/requirements"
ONE = f"{ALL}/<int:requirement_id>"


@bp.get("/requirements", may=_READ)
def programmes() -> Response:
    return render(ProgrammesPage(listed.programmes(g.actor)))


@bp.get(ALL, may=_READ)
def index(code: str) -> Response:
    programme = loading.programme(g.actor, code, _READ)
    day, may_manage = today(programme.zone), g.actor.scope(_MANAGE).reaches(programme.id)
    return render(RequirementsPage(
        programme, listed.requirements(programme.id, day), listed.open_drafts(programme.id) if may_manage else [],
        listed.course_titles(), day, may_manage, panels("requirements", g.actor, programme) if may_manage else []))


@bp.get(ONE, may=_READ)
def requirement(code: str, requirement_id: int) -> Response:
    programme, found = load(code, requirement_id, _READ)
    versions, day = loading.versions(found.id), today(programme.zone)
    page = RequirementPage(
        programme, listed.shown(found, versions, day),
        [(each, documents.rule(each.rule), documents.scope(each.scope)) for each in reversed(versions)],
        listed.course_titles(), day, g.actor.scope(_MANAGE).reaches(programme.id),
        listed.open_draft(programme.id, found.code) is not None, waivers.number_running(g.actor, found.id, day))
    return render(page)


@bp.get(f"{ONE}/waivers", may=_READ)
def waivers_of(code: str, requirement_id: int) -> Response:
    programme, found = load(code, requirement_id, _READ)
    part = paginate(waivers.of_requirement(g.actor, found.id), request.args.get("page", 1, type=int))
    rows = [waivers.WaiverRow(*row) for row in part.rows]
    return render(RequirementWaiversPage(programme, found, shown(part, rows), today(programme.zone)))


@bp.post(f"{ONE}/next", may=_MANAGE)
def begin_next(code: str, requirement_id: int) -> Response:
    _programme, found = load(code, requirement_id, _MANAGE)
    draft = operations.begin_next(g.actor, found.id)
    return see_other(url_for("requirements.edit", code=code, requirement_draft_id=draft.id))


@bp.get(f"{ONE}/end", may=_MANAGE)
def ending(code: str, requirement_id: int) -> Response:
    programme, found = load(code, requirement_id, _MANAGE)
    return _show_end(programme, found, EndForm(data={"day": today(programme.zone)}))


@bp.post(f"{ONE}/end", may=_MANAGE)
def end(code: str, requirement_id: int) -> Response:
    programme, found = load(code, requirement_id, _MANAGE)
    form = EndForm(request.form)
    if form.validate() and form.day.data is not None and form.day.data < today(programme.zone):
        form.day.errors = [str(_("The day lies in the past. What was required then does not change any more."))]
    if form.errors or form.day.data is None:
        return _show_end(programme, found, form)
    operations.end(g.actor, found.id, form.day.data)
    flash(_("The requirement ends on that day."), "done")
    return see_other(url_for("requirements.requirement", code=code, requirement_id=found.id))


def load(code: str, requirement_id: int, may: Permission) -> tuple[Programme, Requirement]:
    """The programme of the address with a requirement of it. Raises NotFound."""
    programme = loading.programme(g.actor, code, may)
    found = loading.requirement(g.actor, requirement_id, may)
    if found.programme_id != programme.id:
        raise NotFound
    return programme, found


def _show_end(programme: Programme, found: Requirement, form: EndForm) -> Response:
    day = today(programme.zone)
    version: RequirementVersion = listed.shown(found, loading.versions(found.id), day).version
    rule, scope = documents.rule(version.rule), documents.scope(version.scope)
    now = preview(programme.id, programme.zone, rule, scope, day, found.id)
    page = EndPage(programme, found, form, now, factories_of(now))
    return render(page, 422 if form.errors else 200)
