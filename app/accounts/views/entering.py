"""What each way of signing in does once it has succeeded."""

from flask import g, url_for
from werkzeug.wrappers import Response

from app.accounts import cookies, operations, tickets
from app.platform.web import see_other
from app.platform.web.addresses import own_path


def enter(token: str, following: str | None, *, by_password: bool = False) -> Response:
    """Carry the token - a new one, whatever the cookie held before - and go where one wanted to go.

    Whoever was signed in on this device before is not any more.
    """
    if g.actor.sign_in_id is not None:
        operations.end(g.actor.sign_in_id)
    cookies.remember(token)
    if by_password:
        tickets.confirm()
    return see_other(own_path(following) or url_for("home.start"))
