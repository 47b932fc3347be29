"""Pictures and sound that never change under their address, and that no browser runs."""

from flask import request
from werkzeug.wrappers import Response

from app.platform.refusal import NotFound
from app.platform.web.render import file_response

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


def media_response(data: bytes, name: str) -> Response:
    """A media file, whole or the part that was asked for: some players play nothing else. Raises NotFound."""
    media_type = MEDIA_TYPES.get(name.rpartition(".")[2])
    if media_type is None:
        raise NotFound
    response = file_response(data, name, media_type, inline=True)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response.make_conditional(request, accept_ranges=True, complete_length=len(data))
