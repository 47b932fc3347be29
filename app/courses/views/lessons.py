"""A lesson."""

from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import queries
from app.courses.pages import LessonPage
from app.courses.rules import UnitKind
from app.courses.views.blueprint import bp
from app.platform.i18n.texts import current_language
from app.platform.web import render


@bp.get("/courses/<code>/lessons/<unit>", may=Permission.CATALOGUE_READ)
def lesson(code: str, unit: str) -> Response:
    version = queries.current_version(queries.course_by_code(code).id)
    lessons = [each for each in version.units if each.kind == UnitKind.LESSON]
    this = queries.unit(version.id, unit)
    at = next((number for number, each in enumerate(lessons) if each.id == this.id), 0)
    return render(
        LessonPage(
            version=version,
            unit=this,
            lesson=queries.lesson(this.id, current_language()),
            previous=lessons[at - 1] if at > 0 else None,
            following=lessons[at + 1] if at + 1 < len(lessons) else None,
        )
    )
