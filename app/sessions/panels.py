"""Training sessions on other rooms' pages."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import CourseVersion
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.queries.coming import coming
from app.sessions.wording import WORDS

_MOST = 4


def course(actor: Actor, version: CourseVersion) -> Panel | None:
    """The next dates of a course, as far as the actor may see them."""
    if not actor.may(Permission.SESSIONS_READ):
        return None
    rows = coming(actor, version.course_id, _MOST + 1)
    context = {
        "rows": rows[:_MOST],
        "has_more": len(rows) > _MOST,
        "code": version.course.code,
        "words": WORDS,
        "may_plan": actor.may(Permission.SESSIONS_PLAN),
    }
    return Panel("next", _("When is it next?"), "sessions/_next.html", context)
