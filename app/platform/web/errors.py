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

log = structlog.get_logger()

KNOWN = {400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503}


def answer(status: int, sentence: str = "") -> Response:
    """The error page of a status, or its fragment for htmx. `sentence` says what happened, already translated."""
    page = status if status in KNOWN else 400 if status < 500 else 500
    template = "errors/_fragment.html" if is_htmx() else f"errors/{page}.html"
    g.setdefault("actor", None)
    return make_response(render_template(template, status=status, sentence=sentence), status)


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


def _unexpected(error: Exception) -> Response:
    log.error("request.failed", route=str(request.url_rule), method=request.method, exc_info=error)
    return answer(500)
