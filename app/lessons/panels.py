"""What lessons add to the pages of others."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import CourseVersion
from app.factories.models import Person
from app.lessons import queries
from app.platform.i18n import _
from app.platform.web.panels import Panel


def course(actor: Actor, version: CourseVersion) -> Panel | None:
    """For somebody who learns: the way to the next lesson. No statement."""
    if actor.person_id is None or not actor.may(Permission.LESSONS_LEARN):
        return None
    return Panel("learn", _("Learn by yourself"), "lessons/_course_panel.html", {"code": version.course.code})


def person_page(actor: Actor, person: Person) -> Panel | None:
    """What the person logged of practice tasks at factories whose practice the actor may read."""
    if not actor.may(Permission.PRACTICE_READ):
        return None
    logs = queries.logs_of_person(actor, person.id)
    return Panel("practice", _("Practice"), "lessons/_logs_of_person.html", {"logs": logs}) if logs else None
