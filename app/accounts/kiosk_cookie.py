"""The cookie that makes a tablet a kiosk. It opens a list of names; the sign-in of each person is another cookie."""

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts import persons, secrets
from app.accounts.kiosks import HOURS
from app.platform.web.programs import door

COOKIE = "kiosk"
# What opens on a kiosk while nobody is signed in: its own pages, the doors of people, and the staff's way out.
_ROOMS = frozenset({"kiosk", "accounts", "health"})
_OWN = frozenset({"attempts"})


def install(app: Flask) -> None:
    app.before_request(_keep_inside)


def give(response: Response, token: str) -> Response:
    """Make the device a kiosk."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(COOKIE, token, max_age=HOURS * 3600, secure=secure, httponly=True, samesite="Lax")
    return response


def take(response: Response) -> Response:
    """Make the device an ordinary one again."""
    response.delete_cookie(COOKIE, samesite="Lax", httponly=True)
    return response


def _keep_inside() -> Response | None:
    """`g.kiosk` is the live kiosk that the device is, or None. With nobody signed in, it shows its names only.

    A signed-in person's own quiz asks nothing of the tablet, so that an answer costs no statement more there.
    """
    is_own = g.actor.is_signed_in and request.blueprint in _OWN
    token = None if is_own or door() else request.cookies.get(COOKIE)
    g.kiosk = persons.kiosk_of(secrets.hash_token(token)) if token else None
    if g.kiosk is None or g.actor.is_signed_in or request.blueprint in _ROOMS or request.endpoint is None:
        return None
    return redirect(url_for("kiosk.people"), code=303)
