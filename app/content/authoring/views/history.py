"""The versions of a course: who published each, when and why; going on from one; archiving."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.content.archives import to_zip
from app.content.authoring import operations, queries
from app.content.authoring.forms.starting import ReasonForm
from app.content.authoring.pages import HistoryPage
from app.content.authoring.views.blueprint import MAY, bp
from app.content.stored import version_folder
from app.courses.queries import course_by_code, version_by_number
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.platform.web.render import file_response

_COURSE = "/authoring/courses/<code>"
_MAY_PUBLISH = Permission.COURSES_PUBLISH


@bp.get(_COURSE, may=MAY)
def history(code: str) -> Response:
    return _show(code, ReasonForm())


@bp.get(f"{_COURSE}/versions/<number>.zip", may=MAY)
def version_files(code: str, number: str) -> Response:
    version = version_by_number(course_by_code(code).id, number)
    return file_response(to_zip(version_folder(version.id)), f"{code}-{number}.zip", "application/zip")


@bp.post(f"{_COURSE}/archiving", may=_MAY_PUBLISH)
def archive(code: str) -> Response:
    form = ReasonForm(request.form)
    if not form.validate():
        return _show(code, form)
    operations.archive_course(g.actor, code, form.why.data or "")
    flash(_("The course is no longer offered. What was planned and done with it stays."), "done")
    return see_other(url_for("authoring.history", code=code))


@bp.post(f"{_COURSE}/restoring", may=_MAY_PUBLISH)
def restore(code: str) -> Response:
    operations.restore_course(g.actor, code)
    flash(_("The course is offered again."), "done")
    return see_other(url_for("authoring.history", code=code))


def _show(code: str, form: ReasonForm) -> Response:
    course = course_by_code(code)
    page = HistoryPage(course, queries.history(course.id), queries.open_drafts(code), form, g.actor.may(_MAY_PUBLISH))
    return render(page, 422 if form.errors else 200)
