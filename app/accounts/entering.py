"""What each way of signing in does once it has succeeded."""

from flask import g, url_for
from werkzeug.wrappers import Response

from app.accounts import cookies, operations, throttles, tickets
from app.platform.web import see_other
from app.platform.web.addresses import own_path


def enter(token: str, following: str | None, *, by_password: bool = False) -> Response:
    """Carry the token - a new one, whatever the cookie held before - and go where one wanted to go.

    Whoever was signed in on this device before is not any more.
    """
    way = following or tickets.kept_way()
    if g.actor.sign_in_id is not None:
        operations.end(g.actor.sign_in_id)
    cookies.remember(token)
    if by_password:
        tickets.confirm()
    return see_other(own_path(way) or url_for("home.start"))


def let_in(
    person_id: int | None,
    pin: str,
    following: str | None = None,
    *,
    door: str = "",
    training_id: int | None = None,
    is_kiosk: bool = False,
) -> Response:
    """Sign a person in by PIN, whatever led there. A `door` that counts its tries gets this one back.

    Raises Refused, in the same words and time, for a wrong PIN and for nobody (`None`).
    """
    token = operations.sign_in_person(
        person_id, pin, training_id=training_id, device=throttles.device_name(), is_kiosk=is_kiosk
    )
    if person_id is not None:
        throttles.forget_pin_tries(person_id)
    if door:
        throttles.give_back_door_try(door)
    return enter(token, following)
