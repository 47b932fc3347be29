"""Answers: a page, the fragments that an action changed, or a redirect."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, BinaryIO, ClassVar
from urllib.parse import quote

from flask import Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

_PIECE = 64 * 1024


@dataclass(frozen=True)
class Page:
    """The typed context of one page; a subclass names its template, and each field is a name in that template."""

    template: ClassVar[str]

    def context(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


def render(page: Page, status: int = 200) -> Response:
    """A whole page."""
    return make_response(render_template(page.template, **page.context()), status)


def changed(template: str, *, else_to: str, status: int = 200, **context: Any) -> BaseResponse:
    """What an action changed: the response file for htmx, a redirect (303) for everybody else."""
    if request.headers.get("HX-Request") == "true":
        return make_response(render_template(template, **context), status)
    return see_other(else_to)


def see_other(address: str) -> BaseResponse:
    """Go and look there, with GET."""
    return redirect(address, code=303)


def file_response(data: bytes, name: str, media_type: str, *, inline: bool = False) -> Response:
    """A download that no browser will run, with a name that people can read in any script (RFC 6266)."""
    return _as_download(make_response(data), name, media_type, "inline" if inline else "attachment")


def stream_response(file: BinaryIO, size: int, name: str, media_type: str) -> Response:
    """The same of an open file, which is read piece by piece while it is sent, and then closed."""
    response = Response(_pieces(file))
    response.content_length = size
    return _as_download(response, name, media_type, "attachment")


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _as_download(response: Response, name: str, media_type: str, shown: str) -> Response:
    allowed = "".join(sign for sign in name if sign.isprintable() and sign not in '/\\"<>:|?*')
    clean = allowed.strip(". ")[:120] or "file"
    plain = clean.encode("ascii", "ignore").decode().strip(". ") or "file"
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
