"""Every answer of verification leaves in the same shape, so that who only sees the wire learns nothing (TRAPS T33)."""

from flask import Response

STEP = 16 * 1024
"""Answers are as long as the next multiple of this many bytes, and not compressed: that would tell them apart."""
_FRAME = len("<!---->")


def shaped(response: Response) -> Response:
    """Fill the page up, ask search engines to leave it out, and proxies to leave it as it is."""
    page = response.get_data()
    response.set_data(page + b"<!--" + b" " * (-(len(page) + _FRAME) % STEP) + b"-->")
    response.headers["Cache-Control"] = "no-store, no-transform"
    return unlisted(response)


def unlisted(response: Response) -> Response:
    """Keep the page out of search engines: whoever has the code may look, nobody may browse."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
