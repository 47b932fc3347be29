"""Courses of others in the browser: which count, add, end, and who passed one."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.api.xapi.courses import operations, queries
from app.api.xapi.courses.forms import ExternalCourseForm
from app.api.xapi.courses.pages import ExternalCoursePage, ExternalCoursesPage
from app.factories.models import Programme
from app.factories.queries import programme_by_code
from app.platform.i18n import _
from app.platform.web import Blueprint, render, see_other

bp = Blueprint("external_courses", __name__)
_MAY = Permission.PROGRAMMES_MANAGE
_ALL = "/programmes/<code>/external-courses"
_ONE = f"{_ALL}/<int:external_course_id>"
_LAST_PAGE = 10_000


@bp.get(_ALL, may=_MAY)
def index(code: str) -> Response:
    return _show_all(programme_by_code(g.actor, code, _MAY), ExternalCourseForm())


@bp.post(_ALL, may=_MAY)
def register(code: str) -> Response:
    found = programme_by_code(g.actor, code, _MAY)
    form = ExternalCourseForm(request.form)
    if not form.validate():
        return _show_all(found, form)
    operations.register_course(g.actor, code, form.iri.data or "", form.title.data or "")
    flash(_("From now on the course counts in learning records."), "done")
    return see_other(url_for("external_courses.index", code=code))


@bp.get(_ONE, may=_MAY)
def one(code: str, external_course_id: int) -> Response:
    found = programme_by_code(g.actor, code, _MAY)
    course = queries.course(found.id, external_course_id)
    number = min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)
    people, has_more = queries.passed(course.id, number)
    return render(ExternalCoursePage(found, course, people, number, has_more))


@bp.post(f"{_ONE}/end", may=_MAY)
def end(code: str, external_course_id: int) -> Response:
    found = programme_by_code(g.actor, code, _MAY)
    course = queries.course(found.id, external_course_id)
    if course.ended_at is None:  # sent twice it is ended once
        operations.end_course(g.actor, code, course.iri)
    flash(_("The course counts no more. What was written in learning records stays."), "done")
    return see_other(url_for("external_courses.index", code=code))


def _show_all(found: Programme, form: ExternalCourseForm) -> Response:
    return render(ExternalCoursesPage(found, queries.listed(found.id), form), 422 if form.errors else 200)
