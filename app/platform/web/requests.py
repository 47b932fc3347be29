"""What surrounds every request: its id, its line in the log."""

import time
from secrets import token_hex

import structlog
from flask import Flask, Response, g, request

from app.platform.audit.operations import request_id

log = structlog.get_logger("request")


def install(app: Flask) -> None:
    """Give each request an id, and write one line about it: no query, no names, no addresses."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        request_id.set(token_hex(8))
        structlog.contextvars.bind_contextvars(request=request_id.get())

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = request_id.get()
        log.info(
            "request",
            method=request.method,
            route=request.url_rule.rule if request.url_rule else None,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        )
        structlog.contextvars.unbind_contextvars("request")
        return response
