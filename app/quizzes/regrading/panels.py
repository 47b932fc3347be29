"""What regrading adds to the pages of others."""

from app.access.actor import Actor
from app.courses.models import CourseVersion
from app.courses.rules import UnitKind
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.quizzes.policy import may_change_keys


def course(actor: Actor, version: CourseVersion) -> Panel | None:
    """For those who may publish: the questions of the quizzes, and what is right in them."""
    units = [unit for unit in version.units if unit.kind is UnitKind.QUIZ]
    if not units or not may_change_keys(actor):
        return None
    return Panel("keys", _("Questions and what is right"), "quizzes/regrading/_course.html", {"units": units})
