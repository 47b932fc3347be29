"""Pictures and sound of a draft."""

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.forms.starting import MediaForm
from app.content.authoring.rules import media_type
from app.content.authoring.views.blueprint import MAY, ONE, bp
from app.content.authoring.views.drafts import show_draft
from app.content.folder import MEDIA_FOLDER
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import see_other
from app.platform.web.render import file_response


@bp.get(f"{ONE}/media/<name>", may=MAY)
def media(draft: int, name: str) -> Response:
    found = queries.draft(g.actor, draft)
    return file_response(_read(found.id, name), name, media_type(name), inline=True)


@bp.post(f"{ONE}/media", may=MAY)
def add_media(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    form = MediaForm(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return show_draft(found.id, form)
    path = f"{MEDIA_FOLDER}/{form.file_name}"
    try:
        _refuse_taken(found.id, path)
        operations.write_file(g.actor, found.id, path, form.read(), seen=0)
    except NotFound:
        raise
    except Refused as refusal:
        form.file.errors = [str(refusal)]
        return show_draft(found.id, form)
    flash(_("It is there. A lesson shows it where it says ![what is to be seen](%(path)s).", path=path), "done")
    return see_other(url_for("authoring.draft", draft=found.id) + "#media")


def _read(draft_id: int, name: str) -> bytes:
    return queries.file(draft_id, f"{MEDIA_FOLDER}/{name}").data


def _refuse_taken(draft_id: int, path: str) -> None:
    if queries.file_or_new(draft_id, path).revision:
        raise Refused(_("There is a file of this name already. Take it away first, or give the new one another name."))
