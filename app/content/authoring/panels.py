"""The door from the page of a course to its drafts."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import CourseVersion
from app.platform.i18n import _
from app.platform.web.panels import Panel


def course(actor: Actor, version: CourseVersion) -> Panel | None:
    """For those who may write courses: go on from this version, and its history."""
    if not actor.may(Permission.COURSES_AUTHOR):
        return None
    return Panel("authoring", _("Edit this course"), "content/authoring/_panel.html", {"version": version})
