"""Where the files of a draft are edited, and how problems point there."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask import current_app, g, request, url_for

from app.access.permissions import Permission
from app.content.authoring.models import Draft
from app.content.authoring.pages import Frame, ShownProblem
from app.content.authoring.report import Report
from app.content.folder import COURSE_FILE
from app.content.places import FileKind, place_of
from app.content.problems import Problem, Severity
from app.platform.i18n import _, lazy

_EDITORS = {FileKind.TEXT: "authoring.lesson", FileKind.QUIZ: "authoring.quiz"}
_MISSING = re.compile(r"([a-zA-Z-]+/[\w.-]+) is missing$")
_CHANGED = re.compile(r"language ([a-zA-Z-]+): \S+ has changed since it was translated")
_TABS = (
    (lazy("Outline"), "authoring.draft"),
    (lazy("Course facts"), "authoring.facts"),
    (lazy("Units"), "authoring.units"),
    (lazy("Translations"), "authoring.translations"),
    (lazy("Changes"), "authoring.changes"),
    (lazy("Publish"), "authoring.publication"),
)


def frame(draft: Draft) -> Frame:
    """The draft and the tabs of its pages; to publish is only offered to who may."""
    may_publish = g.actor.may(Permission.COURSES_PUBLISH)
    offered = [tab for tab in _TABS if may_publish or tab[1] != "authoring.publication"]
    return Frame(draft, [(str(title), url_for(end, draft=draft.id), request.endpoint == end) for title, end in offered])


def editor(draft_id: int, path: str) -> str:
    """The page on which a file is edited by somebody who never sees a file; the plain editor where there is none."""
    place = place_of(path)
    endpoint = _EDITORS.get(place.kind) if place else None
    if place and endpoint and endpoint in current_app.view_functions:
        unit: dict[str, Any] = {"quiz" if place.kind is FileKind.QUIZ else "unit": place.about}
        return url_for(endpoint, draft=draft_id, language=place.locale, **unit)
    if place and place.kind is FileKind.MEDIA:
        return url_for("authoring.draft", draft=draft_id) + "#media"
    return plain_editor(draft_id, path)


def plain_editor(draft_id: int, path: str, line: int | None = None) -> str:
    """The page with the text of a file, at a line."""
    return url_for("authoring.file", draft=draft_id, path=path, line=line if line and line > 1 else None)


def translation(draft_id: int, locale: str) -> str:
    """The page with all translations into a language beside their sources; empty while there is none."""
    if "authoring.translation" not in current_app.view_functions:
        return ""
    return url_for("authoring.translation", draft=draft_id, language=locale)


def shown(draft: Draft, report: Report, problems: Iterable[Problem]) -> Sequence[ShownProblem]:
    """Problems with where to mend them, errors first."""
    found = [_shown(draft, report, problem) for problem in problems]
    return sorted(found, key=lambda each: not each.is_error)


def _shown(draft: Draft, report: Report, problem: Problem) -> ShownProblem:
    is_there = problem.file in report.folder.files
    place = place_of(problem.file)
    is_text = place is not None and place.kind is not FileKind.MEDIA
    outline = url_for("authoring.draft", draft=draft.id)
    return ShownProblem(
        f"{problem.file}:{problem.line}",
        problem.message,
        problem.severity is Severity.ERROR,
        plain_editor(draft.id, problem.file, problem.line) if is_there and is_text else outline,
        report.line(problem) if is_text else "",
        _page_that_mends(draft.id, report, problem),
    )


def _page_that_mends(draft_id: int, report: Report, problem: Problem) -> tuple[Any, str] | None:
    if missing := _MISSING.search(problem.message):
        return _("Write it"), editor(draft_id, missing[1])
    if problem.file != COURSE_FILE:
        there = editor(draft_id, problem.file)
        return None if there == plain_editor(draft_id, problem.file) else (_("Open it"), there)
    if report.course is None:
        return None
    if (changed := _CHANGED.fullmatch(problem.message)) and (there := translation(draft_id, changed[1])):
        return _("Translate"), there
    if problem.message.startswith("unit"):
        return _("Units"), url_for("authoring.units", draft=draft_id)
    return _("Course facts"), url_for("authoring.facts", draft=draft_id)
