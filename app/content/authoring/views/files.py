"""The text of any file, for those who like files, and for what has no form of its own."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.forms.starting import TextForm
from app.content.authoring.labels import FILE_KINDS
from app.content.authoring.models import Draft
from app.content.authoring.pages import FilePage
from app.content.authoring.queries import StoredFile
from app.content.authoring.refusals import Stale
from app.content.authoring.report import report, shown_text
from app.content.authoring.skeletons import skeleton
from app.content.authoring.views.blueprint import MAY, ONE, bp, seen_in
from app.content.authoring.views.shown import frame, plain_editor, shown
from app.content.folder import COURSE_FILE, is_safe
from app.content.places import FileKind, Place, place_of
from app.platform.i18n import _, text
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.forms import number


@bp.get(f"{ONE}/file", may=MAY)
def file(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    path = request.args.get("path", COURSE_FILE).strip()
    place = _place(path)
    stored = queries.file_or_new(found.id, path)
    words = shown_text(stored.data) if stored.revision else _first(found, place)
    return _show(found, stored, TextForm(data={"text": words, "seen": stored.revision}))


@bp.post(f"{ONE}/file", may=MAY)
def write_file(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    path, form = request.args.get("path", COURSE_FILE).strip(), TextForm(request.form)
    _place(path)
    try:
        operations.write_file(g.actor, found.id, path, (form.text.data or "").encode(), seen=seen_in(form))
    except Stale as stale:
        form.seen.data = str(stale.revision)
        theirs = shown_text(stale.theirs or b"")
        return _show(found, queries.file_or_new(found.id, path), form, 409, str(stale), theirs)
    except NotFound:
        raise
    except Refused as refusal:
        form.text.errors = [str(refusal)]
        return _show(found, queries.file_or_new(found.id, path), form, 422)
    flash(_("Saved."), "done")
    return see_other(plain_editor(found.id, path))


@bp.post(f"{ONE}/file/removal", may=MAY)
def remove_file(draft: int) -> Response:
    path = request.form.get("path", "")
    operations.remove_file(g.actor, draft, path, seen=number(request.form.get("seen")) or 0)
    flash(_("%(path)s is taken away.", path=path), "done")
    return see_other(url_for("authoring.draft", draft=draft))


def _place(path: str) -> Place | None:
    """What a path is. Raises NotFound for what no text of a course is called."""
    place = place_of(path) if is_safe(path) else None
    if place is None or place.kind is FileKind.MEDIA:
        raise NotFound
    return place


def _first(draft: Draft, place: Place | None) -> str:
    """The first text of a new file, with the title of its unit."""
    seen = report(draft)
    units = seen.course.facts.units if seen.course else ()
    titles = next((unit.titles for unit in units if place and unit.id == place.about), draft.titles)
    return skeleton(place, text(titles, place.locale)) if place else ""


def _show(
    draft: Draft, stored: StoredFile, form: Any, status: int = 200, conflict: str = "", theirs: str | None = None
) -> Response:
    seen, place = report(draft), place_of(stored.path)
    problems = shown(draft, seen, seen.of(stored.path))
    kind, line = FILE_KINDS[place.kind] if place else "", number(request.args.get("line")) or 0
    return render(FilePage(frame(draft), stored, kind, form, problems, line, conflict, theirs), status)
