"""The web layer: one transaction a request, routes that say who may, pages and fragments."""

from app.platform.web.blueprint import Blueprint
from app.platform.web.may import PUBLIC, SIGNED_IN
from app.platform.web.media import media_response
from app.platform.web.render import Page, changed, file_response, render, see_other, stream_response

__all__ = [
    "PUBLIC",
    "SIGNED_IN",
    "Blueprint",
    "Page",
    "changed",
    "file_response",
    "media_response",
    "render",
    "see_other",
    "stream_response",
]
