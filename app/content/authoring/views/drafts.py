"""The list of drafts, one draft at a glance, its end, and its files as a ZIP."""

from functools import partial

from flask import flash, g, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.content.archives import to_zip
from app.content.authoring import operations, queries
from app.content.authoring.forms.starting import MediaForm
from app.content.authoring.outline import all_texts, outline
from app.content.authoring.pages import DiscardPage, DraftPage, DraftsPage
from app.content.authoring.report import report
from app.content.authoring.views.blueprint import MAY, ONE, bp
from app.content.authoring.views.shown import editor, frame, shown, translation
from app.content.folder import MEDIA_FOLDER
from app.content.places import place_of
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.platform.web.render import file_response


@bp.get("/authoring", may=MAY)
def index() -> Response:
    return render(DraftsPage(queries.open_drafts(), queries.courses()))


@bp.get(ONE, may=MAY)
def draft(draft: int) -> Response:
    return show_draft(draft, MediaForm())


@bp.get(f"{ONE}/files.zip", may=MAY)
def download(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    return file_response(to_zip(queries.draft_folder(found)), f"{found.code}.zip", "application/zip")


@bp.get(f"{ONE}/discarding", may=MAY)
def ask_to_discard(draft: int) -> Response:
    return render(DiscardPage(frame(queries.draft(g.actor, draft))))


@bp.post(f"{ONE}/discarding", may=MAY)
def discard(draft: int) -> Response:
    operations.discard(g.actor, draft)
    flash(_("The draft is discarded. The published course stays as it is."), "done")
    return see_other(url_for("authoring.index"))


def show_draft(draft_id: int, form: MediaForm) -> Response:
    """The page of a draft; with what is wrong in the form for media."""
    found = queries.draft(g.actor, draft_id)
    seen = report(found)
    if seen.course:
        plan = outline(seen.course, seen.problems)
        others = plan.others
    else:
        plan, others = None, all_texts(seen.folder.files)
    kinds = [(path, place.kind if (place := place_of(path)) else None) for path in others]
    rows = queries.file_rows(found.id)
    return render(
        DraftPage(
            frame(found),
            seen,
            shown(found, seen, seen.problems),
            plan,
            kinds,
            [row for row in rows if row.path.startswith(f"{MEDIA_FOLDER}/")],
            {row.path: row.revision for row in rows},
            form,
            queries.newer_version(found),
            partial(editor, found.id),
            partial(translation, found.id),
            g.actor.may(Permission.COURSES_PUBLISH),
        ),
        422 if form.errors else 200,
    )
