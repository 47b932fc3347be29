"""How often people may say that they are here. Never by address: a whole factory has one.

Strictly for one phone and for one number, generously for one code. Codes that lead nowhere are counted as at the
other doors of people.
"""

import hashlib
from datetime import timedelta

from app.accounts import throttles
from app.attendance.checkin.grace import Grace
from app.platform.web.throttle import give_back, spend_each

DOOR = "here"
WINDOW = timedelta(minutes=10)
TRIES_OF_A_PHONE = 40
TRIES_FOR_ONE = 10
TRIES_WITH_A_CODE = 3_000


def count_code() -> None:
    """A code led nowhere, or may not. Raises TooMany when this phone tried many."""
    throttles.count_door_try(DOOR)


def give_code_back() -> None:
    """It was a good one, in the caller's transaction."""
    throttles.give_back_door_try(DOOR)


def count_try(grace: Grace, who: str) -> None:
    """Somebody - a person or what was typed - says to be here. Raises TooMany."""
    about = hashlib.sha256(f"{grace.meeting_id}:{who}".encode()).hexdigest()
    limits = {
        _phone(): TRIES_OF_A_PHONE,
        f"here-who:{about}": TRIES_FOR_ONE,
        f"here-code:{grace.meeting_id}:{grace.site_id}": TRIES_WITH_A_CODE,
    }
    spend_each(limits, WINDOW)


def give_try_back() -> None:
    """Somebody is here: one phone may serve a whole line of people. In the caller's transaction."""
    give_back(_phone())


def _phone() -> str:
    return f"here-phone:{throttles.device_mark()}"
