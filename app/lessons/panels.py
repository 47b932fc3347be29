"""What lessons add to the pages of others."""

from flask import request, url_for

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import CourseVersion
from app.factories.models import Factory, Person
from app.lessons import queries
from app.platform.i18n import _
from app.platform.web.paging import paginate
from app.platform.web.panels import Panel

KEY, SIZE = "practice", 30


def course(actor: Actor, version: CourseVersion) -> Panel | None:
    """For somebody who learns: the way to the next lesson. No statement."""
    if actor.person_id is None or not actor.may(Permission.LESSONS_LEARN):
        return None
    return Panel("learn", _("Learn by yourself"), "lessons/_course_panel.html", {"code": version.course.code})


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """The latest that people of a factory logged of practice tasks, for those who may read it there. One statement."""
    if not actor.scope(Permission.PRACTICE_READ).reaches(factory.programme_id, factory.id):
        return None
    is_shown = (request.view_args or {}).get("panel") == KEY  # other panels have pages too
    number = request.args.get("page", 1, type=int) if is_shown else 1
    page = paginate(queries.logs_of_factory(actor, factory.id), number, SIZE)
    if not page.rows and page.number == 1:
        return None
    context = {
        "logs": [queries.logged(row) for row in page.rows],
        "number": page.number,
        "previous_url": _url(factory, page.number - 1) if page.number > 1 else "",
        "next_url": _url(factory, page.number + 1) if page.has_more else "",
    }
    return Panel(KEY, _("Practice"), "lessons/_logs_of_factory.html", context)


def person_page(actor: Actor, person: Person) -> Panel | None:
    """What the person logged of practice tasks at factories whose practice the actor may read."""
    if not actor.may(Permission.PRACTICE_READ):
        return None
    logs = queries.logs_of_person(actor, person.id)
    return Panel(KEY, _("Practice"), "lessons/_logs_of_person.html", {"logs": logs}) if logs else None


def _url(factory: Factory, number: int) -> str:
    return url_for("factories.panel", code=factory.code, panel=KEY, page=number)
