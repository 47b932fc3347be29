"""What results add to the pages of others."""

from app.access.actor import Actor
from app.courses.models import CourseVersion
from app.courses.rules import UnitKind
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.quizzes.results.policy import MAY


def course(actor: Actor, version: CourseVersion) -> Panel | None:
    """For those who run or write the course: the way to how its quizzes work, and to what people learn. No counting."""
    scope = actor.scope(MAY)
    if not scope.everything and not scope.programmes:
        return None
    quizzes = [unit for unit in version.units if unit.kind is UnitKind.QUIZ]
    if not quizzes:
        return None
    context = {"code": version.course.code, "number": version.number, "quizzes": quizzes}
    return Panel("results", _("Results of the quizzes"), "quizzes/results/_course_panel.html", context)
