"""Public answers that a browser keeps, and asks for each time whether they still hold."""

from functools import lru_cache

import brotli
from flask import Response, make_response, request


def kept(content: str, media_type: str) -> Response:
    """The same for everybody: as small as it gets, with a mark by which the browser asks whether it changed."""
    response = make_response(content)
    if request.accept_encodings.best_match(("br",)):
        response.set_data(_packed(content))
        response.headers["Content-Encoding"] = "br"
    response.headers["Content-Type"] = media_type
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@lru_cache(maxsize=64)
def _packed(content: str) -> bytes:
    """Once for all who fetch it."""
    return bytes(brotli.compress(content.encode()))
