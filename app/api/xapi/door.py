"""The door of programs that speak xAPI: the key and secret of a token by HTTP Basic, never a cookie."""

import base64
from datetime import timedelta

from flask import Response, g, request

from app.access.actor import ANONYMOUS
from app.api import door as api_door
from app.api.tokens import entering
from app.api.tokens.rules import parts_of, text_of
from app.api.xapi.rules.versions import HEADER, Version, version_of
from app.platform.db import db
from app.platform.web.programs import Door
from app.platform.web.throttle import spend

BEGINS = "/xapi"
MOST_A_MINUTE = 6_000
"""Calls of one token: a system that says each statement by itself is not held up, one that runs wild is."""
WINDOW = timedelta(minutes=1)


def leads(path: str) -> bool:
    return path == BEGINS or path.startswith(f"{BEGINS}/")


def enter() -> None:
    """`g.actor` is whom the token of this request stands for, `g.entered` the token; nobody without a live one.

    Raises TooMany.
    """
    g.actor, g.entered = ANONYMOUS, basic(request.headers.get("Authorization") or _in_form())
    if g.entered is not None:
        db.session.rollback()  # what was read is over before the counter is written
        spend(f"xapi:{g.entered.token_id}", MOST_A_MINUTE, WINDOW)
        g.actor = g.entered.actor


def basic(header: str | None) -> entering.Entered | None:
    """Whoever comes with this header: the two halves of a token, or the whole token as the password."""
    kind, _space, coded = (header or "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        key, colon, secret = base64.b64decode(coded.strip(), validate=True).decode().partition(":")
    except ValueError:  # no base64, no UTF-8, or not even ASCII
        return None
    parts = parts_of(secret) or parts_of(text_of(key, secret))
    return entering.actor_of(*parts) if colon and parts else None


def _in_form() -> str | None:
    """1.0.3 lets a program that cannot set headers send them as fields."""
    if request.method != "POST" or request.args.get("method") is None:
        return None
    request.get_data(cache=True)
    return request.form.get("Authorization")


def failed(status: int, sentence: str) -> Response:
    """As the other door of programs says it."""
    response = api_door.failed(status, sentence)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Seamwise", charset="UTF-8"'
    return response


def spoken() -> str:
    """The edition in which an answer is given: as asked, the newer one when nothing known was asked for."""
    return version_of(request.headers.get(HEADER)) or Version.NEW


DOOR = Door(leads, enter, failed)
