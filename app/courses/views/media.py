"""Pictures and sound of a published version: they never change, and no browser runs them."""

from flask import request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import queries
from app.courses.views.blueprint import bp
from app.platform.refusal import NotFound
from app.platform.web import file_response

MEDIA_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
}
"""Extension -> content type. What is not here is served to nobody."""


@bp.get("/courses/<code>/versions/<number>/media/<name>", may=Permission.CATALOGUE_READ)
def media(code: str, number: str, name: str) -> Response:
    media_type = MEDIA_TYPES.get(name.rpartition(".")[2])
    if media_type is None:
        raise NotFound
    data = queries.media(code, number, name)
    response = file_response(data, name, media_type, inline=True)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    # Sound is asked for in parts: some players play nothing else.
    return response.make_conditional(request, accept_ranges=True, complete_length=len(data))
