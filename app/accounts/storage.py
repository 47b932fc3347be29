"""What a browser has stored for somebody, and what becomes of it when another comes."""

from flask import Response as FlaskResponse
from flask import after_this_request, current_app, request, url_for
from werkzeug.wrappers import Response

KIT = "kit"
"""Told to a browser as soon as sealed records of an offline kit may lie there; the kit takes it away with the last."""
KIT_KEY = "kit_key"
"""Opens what the kit keeps readable. Made in the browser, and gone 12 hours after the last contact."""
_LONG = 400 * 24 * 3600


def keep_for_kit(response: FlaskResponse) -> FlaskResponse:
    """From now on an offline kit keeps sealed records in this browser."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(KIT, "1", max_age=_LONG, secure=secure, samesite="Lax")  # the kit's own script takes it away
    return response


def lock_kit() -> None:
    """Whoever comes or goes: what the kit of the one before keeps readable cannot be read any more."""
    if KIT in request.cookies:
        after_this_request(_without_key)


def clear(response: Response) -> Response:
    """Let the browser drop what it stores - but not the sealed records of an offline kit, which nobody can read there
    and which are still to be delivered.
    """
    if KIT not in request.cookies:
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


def after_leaving() -> str:
    """Where a browser goes from a sign-out: one with a kit past its page, which says what is not delivered yet."""
    has_kit = KIT in request.cookies
    return url_for("kit_shell.start", _anchor="left") if has_kit else url_for("accounts.sign_in")


def _without_key(response: FlaskResponse) -> FlaskResponse:
    response.delete_cookie(KIT_KEY, path="/kit", samesite="Strict")
    return response
