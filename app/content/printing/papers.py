"""Which papers a published version has, and how to get one."""

import re
from pathlib import Path

from app.content.check import checked_folder
from app.content.printing.documents import Paper, PaperKind
from app.content.printing.drawing import Head, draw
from app.content.read import Course
from app.content.stored import version_folder
from app.courses.models import CourseVersion
from app.courses.queries import course_by_code, current_version
from app.platform.documents.errors import DocumentFailed, DocumentRefused
from app.platform.i18n import _
from app.platform.i18n.texts import text
from app.platform.refusal import NotFound, Refused


def paper(version: CourseVersion, kind: PaperKind, locale: str, *, form: str = "", fonts: Path) -> bytes:
    """The PDF of a paper in a language of the version; `form` is the name of the form where it is one.

    Raises NotFound when the version has no such paper or language, Refused when a sign of its text cannot be printed.
    """
    if locale not in version.languages:
        raise NotFound
    course = checked_folder(version_folder(version.id))[0]
    if not isinstance(course, Course):
        raise NotFound
    paper = Paper(course, locale, _renewed_by(version, locale))
    blocks = paper.of(kind, form)
    if not blocks:
        raise NotFound
    head = Head(
        kind=paper.name(kind, form),
        course=paper.title,
        footer=f"{paper.title} · {paper.words['version']} {version.number}",
        locale=locale,
        day=version.published_at.date(),
    )
    try:
        return draw(head, blocks, fonts=fonts, compact=kind is PaperKind.SHEET)
    except DocumentRefused as refused:
        raise Refused(_unprintable(str(refused))) from None
    except DocumentFailed:
        raise Refused(_("This paper is too large to print. Make its texts shorter.")) from None


def _renewed_by(version: CourseVersion, locale: str) -> str:
    """The title of the course that renews this one; empty when it is itself, or not in the catalogue."""
    try:
        return text(current_version(course_by_code(version.refresher or "").id).titles, locale)
    except NotFound:
        return ""


def _unprintable(complaint: str) -> str:
    """What an author can do about it; the complaint of the typesetter names the sign in quotes or backquotes."""
    signs = " ".join(dict.fromkeys(re.findall(r"[`\"']([^`\"']+)[`\"']", complaint)))
    return str(_("This cannot be printed: no font has %(signs)s. Take it out of the course, please.", signs=signs))
