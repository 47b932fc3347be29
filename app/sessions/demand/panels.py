"""Demand on other rooms' pages."""

from functools import partial

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import CourseVersion
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.panels import Panel
from app.sessions.demand import queries
from app.sessions.demand.wording import STATES
from app.sessions.wording import MODALITIES

_MOST = 20


def course(actor: Actor, version: CourseVersion) -> Panel | None:
    """On the page of a course: what the own factories want, or for planners how much it is wanted."""
    may_declare, may_plan = (actor.may(each) for each in (Permission.INTEREST_DECLARE, Permission.SESSIONS_PLAN))
    if version.course.archived_at is not None or not (may_declare or may_plan):
        return None
    context = {
        "version": version,
        "total": queries.total(actor, version.course_id) if may_plan else None,
        "standing": [] if may_plan else queries.standing(actor, version.course_id, _MOST),
        "may_declare": may_declare,
        "most": _MOST,
        "states": STATES,
        "modalities": MODALITIES,
    }
    return Panel("interest", _("How do we get it to our factory?"), "sessions/demand/_course.html", context)


def catalogue(actor: Actor, _nothing: None) -> Panel | None:
    """On the page of the catalogue, for planners: that something is wanted."""
    if not actor.may(Permission.SESSIONS_PLAN):
        return None
    factories, people = queries.total(actor)
    if not factories:
        return None
    return Panel("demand", _("Factories wait"), "sessions/demand/_catalogue.html", {"total": (factories, people)})


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """On the page of a factory: what it wants and what became of it."""
    scopes = (actor.scope(each) for each in (Permission.INTEREST_DECLARE, Permission.SESSIONS_PLAN))
    if not any(scope.reaches(factory.programme_id, factory.id) for scope in scopes):
        return None
    context = {"rows": partial(queries.of_factory, factory.id), "states": STATES}  # asked only where it is shown
    return Panel("interests", _("Wanted courses"), "sessions/demand/_factory.html", context)
