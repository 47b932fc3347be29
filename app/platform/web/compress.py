"""Answers are compressed as they leave. Pages here hold no secret token that compression could betray; one whose length
must not say anything asks for `no-transform`.
"""

import gzip

import brotli
from flask import Flask, Response, request

SMALLEST = 600
BROTLI, GZIP = 3, 5
"""One more of brotli saves a fifteenth of the bytes and takes twice as long."""
TYPES = ("text/", "application/json", "image/svg+xml")


def install(app: Flask) -> None:
    """Compress text answers with what the browser understands."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    worth_it = (
        response.status_code < 500
        and not response.direct_passthrough
        and (response.content_length or 0) >= SMALLEST
        and (response.mimetype or "").startswith(TYPES)
        and "Content-Encoding" not in response.headers
        and not response.cache_control.no_transform
        and "Content-Range" not in response.headers
    )
    if not worth_it:
        return response
    encoding = request.accept_encodings.best_match(("br", "gzip"))
    if encoding == "br":
        response.set_data(brotli.compress(response.get_data(), quality=BROTLI))
    elif encoding == "gzip":
        response.set_data(gzip.compress(response.get_data(), GZIP, mtime=0))
    else:
        return response
    response.headers["Content-Encoding"] = encoding
    return response
