"""What can be printed, on the page of a course."""

from flask import url_for

from app.access.actor import Actor
from app.access.permissions import Permission
from app.content.printing.documents import PaperKind
from app.courses.models import CourseVersion
from app.platform.i18n import _, lazy
from app.platform.i18n.languages import LANGUAGES
from app.platform.i18n.texts import current_language, text
from app.platform.web.panels import Panel

NAMES = {
    PaperKind.SHEET: lazy("Course sheet"),
    PaperKind.GUIDE: lazy("Facilitator guide"),
    PaperKind.HANDOUTS: lazy("Handouts"),
}


def course(actor: Actor, version: CourseVersion) -> Panel | None:
    """The papers of a version, each in every language; nothing when the version kept no files."""
    if not version.papers:
        return None
    here = current_language()
    context = {
        "papers": [_named(version, **paper) for paper in version.papers if _is_for(actor, paper["kind"])],
        "languages": [(code, LANGUAGES[code].own_name) for code in version.languages if code in LANGUAGES],
        "language": here if here in version.languages else "en",
    }
    return Panel("papers", _("To print"), "content/_papers.html", context)


def _is_for(actor: Actor, kind: str) -> bool:
    return kind != PaperKind.GUIDE or actor.may(Permission.SESSIONS_READ)


def _named(version: CourseVersion, kind: str, form: str | None = None, titles: dict[str, str] | None = None) -> object:
    """What a paper is called, and its address."""
    address = url_for(f"papers.{kind}", code=version.course.code, number=version.number, form=form)
    return text(titles) if titles else NAMES[PaperKind(kind)], address
