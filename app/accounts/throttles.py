"""How often PINs, cards and codes may be tried: strictly on one device, generously behind one address.

A whole factory may sit behind one address, so the address limit only stops machines. Too many wrong tries for a
person from many devices slow down new devices; the ones on which the person has signed in before, and a kiosk that
staff have set up, stay open. The code of a training session, the card and the factory's own number lead to the same
count.
"""

import hashlib
import re
from datetime import timedelta
from secrets import token_urlsafe

from flask import Response, current_app, g, request

from app.accounts.devices import device
from app.accounts.persons import is_known_device
from app.platform.refusal import TooMany
from app.platform.web.throttle import forgive, give_back, spend, spend_each

COOKIE = "device"
WINDOW = timedelta(minutes=10)
DOORS_OF_A_DEVICE = 60
PINS_OF_A_PERSON_ON_A_DEVICE = 5
PINS_OF_A_PERSON = 20
TRIES_OF_A_NETWORK = 3_000
_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)
_YEAR = 31_536_000


def count_door_try(door: str) -> None:
    """A code, a card or a number was tried at a `door`. Raises TooMany when this device or its network tried many."""
    spend_each(_door(door) | _network(), WINDOW)


def count_pin_try(person: int | str, door: str = "") -> None:
    """A PIN was tried, at a `door` that is counted with it. Raises TooMany when this person's was tried too often.

    `person` is the id, or what was typed where it leads to nobody: strangers are counted as people are, so that
    nobody learns from the count who exists.
    """
    on_device = {_key_on_device(person): PINS_OF_A_PERSON_ON_A_DEVICE}
    # One transaction for all that slow this device down; only a device that may go on counts for the person, too.
    spend_each(on_device | (_door(door) if door else {}) | _network(), WINDOW)
    try:
        spend(_key(person), PINS_OF_A_PERSON, WINDOW)
    except TooMany:
        if isinstance(person, str) or not (g.kiosk or is_known_device(person, device_mark())):
            raise


def forget_pin_tries(person_id: int) -> None:
    """The right PIN was given: start counting afresh, in the caller's transaction."""
    forgive(_key_on_device(person_id), _key(person_id))


def give_back_door_try(door: str) -> None:
    """The door opened: a shared phone lets in as many people as stand there. In the caller's transaction."""
    give_back(_door_key(door))


def device_mark() -> str:
    """How sign-ins remember this device: a digest of its cookie."""
    return _digest(_device())[:16]


def device_name() -> str:
    """What is kept of this device with a person's sign-in: its mark, and what the browser calls itself."""
    return f"{device_mark()} {device()}"


def keep_device(response: Response) -> Response:
    """Give a new device its cookie."""
    if "new_device" in g:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, g.new_device, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def _device() -> str:
    known = request.cookies.get(COOKIE, "")
    if _TOKEN.fullmatch(known):
        return known
    if "new_device" not in g:
        g.new_device = token_urlsafe(16)
    return str(g.new_device)


def _network() -> dict[str, int]:
    return {f"join-network:{_digest(request.remote_addr or '')}": TRIES_OF_A_NETWORK}


def _door(door: str) -> dict[str, int]:
    return {_door_key(door): DOORS_OF_A_DEVICE}


def _door_key(door: str) -> str:
    return f"{door}-device:{_digest(_device())}"


def _key(person: int | str) -> str:
    return f"pin:{person}" if isinstance(person, int) else f"pin:{_digest(person)}"


def _key_on_device(person: int | str) -> str:
    return f"{_key(person)}:{_digest(_device())}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
