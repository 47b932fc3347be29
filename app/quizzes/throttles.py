"""How often codes and PINs may be tried: strictly on one device, generously behind one address.

A whole factory may sit behind one address, so the address limit only stops machines. Too many wrong tries for a
person from many devices slow down new devices; the ones on which the person has signed in before stay open.
"""

import hashlib
import re
from datetime import timedelta
from secrets import token_urlsafe

from flask import Response, current_app, g, request

from app.platform.refusal import TooMany
from app.platform.web.throttle import forgive, spend
from app.quizzes.queries import is_known_device

COOKIE = "device"
WINDOW = timedelta(minutes=10)
CODES_OF_A_DEVICE = 60
PINS_OF_A_PERSON_ON_A_DEVICE = 5
PINS_OF_A_PERSON = 20
TRIES_OF_A_NETWORK = 3_000
_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)
_YEAR = 31_536_000


def count_code_try() -> None:
    """Raises TooMany when this device or its network has tried too many codes."""
    spend(_key_of_device(), CODES_OF_A_DEVICE, WINDOW)
    _count_network()


def count_pin_try(person_id: int) -> None:
    """Raises TooMany when this person's PIN was tried too often."""
    spend(_key_on_device(person_id), PINS_OF_A_PERSON_ON_A_DEVICE, WINDOW)
    _count_network()
    try:
        spend(_key(person_id), PINS_OF_A_PERSON, WINDOW)
    except TooMany:
        if not is_known_device(person_id, device_mark()):
            raise


def forget_pin_tries(person_id: int) -> None:
    """The right PIN was given: start counting afresh, in the caller's transaction. A phone goes from hand to hand."""
    forgive(_key_on_device(person_id), _key(person_id), _key_of_device())


def device_mark() -> str:
    """How sign-ins remember this device: a digest of its cookie."""
    return _digest(_device())[:16]


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


def _count_network() -> None:
    spend(f"join-network:{_digest(request.remote_addr or '')}", TRIES_OF_A_NETWORK, WINDOW)


def _key_of_device() -> str:
    return f"join-device:{_digest(_device())}"


def _key(person_id: int) -> str:
    return f"pin:{person_id}"


def _key_on_device(person_id: int) -> str:
    return f"pin:{person_id}:{_digest(_device())}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
