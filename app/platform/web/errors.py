"""Every failure is a plain sentence with a way on: a page, or a small fragment for scripts."""

from typing import Any

import structlog
from flask import Flask, Response, g, make_response, render_template, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused, TooMany
from app.platform.web.application import is_busy
from app.platform.web.headers import is_htmx
from app.platform.web.programs import door

log = structlog.get_logger()

_FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_SECRET_FIELDS = frozenset({"password", "old", "pin", "code", "credential"})
KNOWN = {400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503}


def answer(status: int, sentence: str = "") -> Response:
    """The error page of a status, its fragment for htmx, or what a program reads. `sentence` says what happened,
    already translated.
    """
    if found := door():
        return found.failed(status, sentence)
    page = status if status in KNOWN else 400 if status < 500 else 500
    template = "errors/_fragment.html" if is_htmx() else f"errors/{page}.html"
    g.setdefault("actor", None)
    kept = _kept_input() if page == 401 else []
    return make_response(render_template(template, status=status, sentence=sentence, kept=kept), status)


def _kept_input() -> list[tuple[str, str]]:
    """What was typed into a form whose sender is not signed in any more, so that it can be sent once more (TRAPS T9).

    Nothing of a form with a secret, nor of one with a file, which could not be sent again.
    """
    has_file = any(file.filename for file in request.files.values())
    if request.mimetype not in _FORM_TYPES or has_file or _SECRET_FIELDS & set(request.form):
        return []
    return list(request.form.items(multi=True))


def install(app: Flask) -> None:
    """Register a handler for each way in which a request can fail."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    if isinstance(error, SecurityError):  # a foreign host name: no page of ours can be drawn under it
        return Response("This address does not belong here.\n", 400, mimetype="text/plain")
    if isinstance(error, RequestEntityTooLarge):
        return answer(413, _("The file is too large. Send a smaller one."))
    response = answer(status)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def _refused(error: Refused) -> Response:
    if isinstance(error, NotFound):
        return answer(404)
    if isinstance(error, TooMany):
        response = answer(429, str(error))
        response.headers["Retry-After"] = str(error.seconds)
        return response
    return answer(409, str(error))


def _database(error: DBAPIError) -> Response:
    if not is_busy(error):
        return _unexpected(error)
    response = answer(503, _("The system is busy. Wait a moment, then send it again."))
    response.headers["Retry-After"] = "5"
    return response


def _route() -> str | None:
    """The rule of the address, never the address itself: links carry secrets."""
    return request.url_rule.rule if request.url_rule else None


def _unexpected(error: Exception) -> Response:
    log.error("request.failed", route=_route(), method=request.method, exc_info=error)
    return answer(500)
