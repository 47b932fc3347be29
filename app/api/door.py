"""The door of programs that read: tokens in the header, never a cookie; failures as problems (RFC 9457)."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, g, request

from app.access.actor import ANONYMOUS
from app.api.tokens import entering
from app.platform.audit.operations import request_id
from app.platform.db import db
from app.platform.refusal import TooMany
from app.platform.web.programs import Door
from app.platform.web.throttle import Left, spend

BEGINS = "/api"
DOCUMENTATION = "/api/v1"
"""A page for people, though it begins alike."""
PROBLEM = "application/problem+json"
MOST_A_MINUTE = 600
WINDOW = timedelta(minutes=1)


def leads(path: str) -> bool:
    return path == BEGINS or (path.startswith(f"{BEGINS}/") and path != DOCUMENTATION)


def enter() -> None:
    """`g.actor` is whom the token of this request stands for, `g.entered` the token; nobody without a live one.

    Raises TooMany.
    """
    g.actor, g.entered = ANONYMOUS, entering.bearer(request.headers.get("Authorization"))
    if g.entered is not None:
        db.session.rollback()  # what was read is over before the counter is written
        try:
            g.left = spend(f"api:{g.entered.token_id}", MOST_A_MINUTE, WINDOW)
        except TooMany as refused:
            g.left = Left(0, refused.seconds)
            raise
        g.actor = g.entered.actor


def say_limits(response: Response) -> Response:
    """What is left to the token (draft-ietf-httpapi-ratelimit-headers)."""
    if (left := g.get("left")) is not None:
        response.headers["RateLimit-Policy"] = f'"token";q={MOST_A_MINUTE};w={int(WINDOW.total_seconds())}'
        response.headers["RateLimit"] = f'"token";r={left.tries};t={left.seconds}'
    return response


def failed(status: int, sentence: str, **more: Any) -> Response:
    """What went wrong, as a program reads it: `type` says nothing beyond the status, `instance` is in our log."""
    title = HTTPStatus(status).phrase
    problem: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, **more}
    if sentence:
        problem["detail"] = sentence
    problem["instance"] = f"urn:request:{request_id.get()}"
    response = Response(current_app.json.dumps(problem), status, mimetype=PROBLEM)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Seamwise"'
    return response


DOOR = Door(leads, enter, failed)
