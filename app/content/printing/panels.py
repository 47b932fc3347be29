"""What can be printed, on the page of a course."""

from functools import partial

from flask import url_for

from app.access.actor import Actor
from app.access.permissions import Permission
from app.content.stored import paths
from app.courses.models import CourseVersion
from app.platform.i18n import _
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import current_language, text
from app.platform.web.panels import Panel


def course(actor: Actor, version: CourseVersion) -> Panel | None:
    """The papers of a version, each in every language; nothing when the version kept no files."""
    files = paths(version.id)
    if not files:
        return None
    where = partial(url_for, code=version.course.code, number=version.number)
    papers = [(_("Course sheet"), where("papers.sheet"))]
    if actor.may(Permission.SESSIONS_READ):
        papers.append((_("Facilitator guide"), where("papers.guide")))
    if any(path.endswith(".handout.md") for path in files):
        papers.append((_("Handouts"), where("papers.handouts")))
    papers += [(text(form["titles"]), where("papers.form", form=form["id"])) for form in version.forms]
    here = current_language()
    context = {
        "papers": papers,
        "languages": [(code, LANGUAGES[code].own_name) for code in version.languages if code in LANGUAGES],
        "language": here if here in version.languages else "en",
    }
    return Panel("papers", _("To print"), "content/_papers.html", context)
