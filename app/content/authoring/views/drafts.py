"""The list of drafts, how one begins, and a draft as a ZIP."""

from flask import g
from werkzeug.wrappers import Response

from app.content.archives import to_zip
from app.content.authoring import queries
from app.content.authoring.views.blueprint import MAY, ONE, bp
from app.platform.web.render import file_response


@bp.get(f"{ONE}/files.zip", may=MAY)
def download(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    return file_response(to_zip(queries.draft_folder(found)), f"{found.code}.zip", "application/zip")
