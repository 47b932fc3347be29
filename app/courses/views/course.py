"""A course: its current edition, the ones before, and each of them."""

from flask import g
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import queries
from app.courses.drawn import drawn
from app.courses.editions import Edition, edition, editions
from app.courses.pages import CoursePage, EditionsPage
from app.courses.views.blueprint import bp
from app.platform.web import render
from app.platform.web.panels import panels


@bp.get("/courses/<code>", may=Permission.CATALOGUE_READ)
def course(code: str) -> Response:
    return _show(edition(code))


@bp.get("/courses/<code>/versions", may=Permission.CATALOGUE_READ)
def versions(code: str) -> Response:
    found = queries.course_by_code(code)
    return render(EditionsPage(queries.current_version(found.id), editions(found.id)))


@bp.get("/courses/<code>/versions/<number>", may=Permission.CATALOGUE_READ)
def version(code: str, number: str) -> Response:
    """The edition as it was published, whatever came after."""
    return _show(edition(code, number))


def _show(shown: Edition) -> Response:
    return render(
        CoursePage(
            edition=shown,
            version=shown.version,
            drawn=drawn(shown),
            panels=panels("course", g.actor, shown.version) if shown.is_current else [],
        )
    )
