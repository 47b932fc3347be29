"""The doors from the catalogue and from the page of a course to drafts."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import CourseVersion
from app.platform.i18n import _
from app.platform.web.panels import Panel


def catalogue(actor: Actor, _nothing: None) -> Panel | None:
    """For those who may write courses: where they do it."""
    if not actor.may(Permission.COURSES_AUTHOR):
        return None
    return Panel("drafts", _("Drafts"), "content/authoring/_catalogue.html", {})


def course(actor: Actor, version: CourseVersion) -> Panel | None:
    """For those who may write courses: go on from this version, and its history."""
    if not actor.may(Permission.COURSES_AUTHOR):
        return None
    return Panel("authoring", _("Edit this course"), "content/authoring/_panel.html", {"version": version})
