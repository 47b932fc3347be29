"""What a draft changes, publishing it, and the history of a course."""

from collections.abc import Sequence
from functools import partial

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.content.authoring import operations, queries
from app.content.authoring.forms.starting import NoteForm
from app.content.authoring.models import Draft
from app.content.authoring.pages import ChangesPage, PublicationPage
from app.content.authoring.report import Report, report
from app.content.authoring.views.blueprint import MAY, ONE, bp
from app.content.authoring.views.shown import editor, frame, shown
from app.content.compare import FileChange, differences
from app.content.folder import Folder
from app.content.publish import ContentRefused
from app.content.stored import version_folder
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.forms import number

_MAY_PUBLISH = Permission.COURSES_PUBLISH


@bp.get(f"{ONE}/changes", may=MAY)
def changes(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    used, changed = _changes(found, queries.draft_folder(found))
    return render(ChangesPage(frame(found), used, changed, partial(editor, found.id)))


@bp.get(f"{ONE}/publication", may=_MAY_PUBLISH)
def publication(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    return _show(found, report(found), NoteForm())


@bp.post(f"{ONE}/publication", may=_MAY_PUBLISH)
def publish(draft: int) -> Response:
    found, form = queries.draft(g.actor, draft), NoteForm(request.form)
    if not form.validate():
        return _show(found, report(found), form, 422)
    try:
        published = operations.publish_draft(g.actor, found.id, form.note.data or "", seen=number(form.seen.data))
    except ContentRefused:
        return _show(found, report(found), form, 422)
    except NotFound:
        raise
    except Refused as refusal:
        return _show(found, report(found), form, 409, str(refusal))
    new = _("Version %(number)s is published.", number=published.version)
    same = _("This is version %(number)s, which was published before. Nothing changes.", number=published.version)
    flash(new if published.is_new else same, "done")
    return see_other(url_for("authoring.history", code=published.course))


def _changes(draft: Draft, folder: Folder) -> tuple[str, Sequence[FileChange]]:
    """The number of the version in use - empty when there is none - and what the draft changes in it."""
    used = queries.version_in_use(draft.code)
    try:
        before = version_folder(used.id) if used else Folder(draft.code, {})
    except NotFound:
        before = Folder(draft.code, {})
    return used.number if used else "", differences(before, folder)


def _show(draft: Draft, seen: Report, form: NoteForm, status: int = 200, refusal: str = "") -> Response:
    used, changed = _changes(draft, seen.folder)
    form.seen.data = str(draft.revision)
    problems, has_errors = shown(draft, seen, seen.problems), bool(seen.errors)
    page = PublicationPage(frame(draft), form, problems, has_errors, used, changed, draft.is_open, refusal)
    return render(page, status)
