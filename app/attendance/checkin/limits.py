"""How often people may say that they are here. What goes well is never counted by address: a whole factory has one.

Strictly for one phone and for one number, generously for one code. Numbers that lead to nobody here are counted for
themselves, however many browsers they come from: by the code that was on the screen, by address, and by half-day.
Two hundred people mistype some dozens; who tries numbers in a row is stopped, and who comes scans the next code. Codes
that lead nowhere are counted as at the other doors of people.
"""

import hashlib
from datetime import timedelta

from flask import request

from app.accounts import throttles
from app.attendance.checkin.grace import Grace
from app.attendance.checkin.rules import slot_at
from app.platform.web.throttle import give_back, spend_each

DOOR = "here"
WINDOW = timedelta(minutes=10)
TRIES_OF_A_PHONE = 40
TRIES_FOR_ONE = 10
TRIES_WITH_A_CODE = 3_000
WRONG_WITH_A_CODE = 60
"""Numbers of nobody with what one half minute showed on the screen."""
WRONG_FROM_AN_ADDRESS = 120
WRONG_AT_A_HALF_DAY = 200


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


def count_number_try(grace: Grace, who: str) -> None:
    """Somebody says an employee number, which may lead to nobody. Raises TooMany."""
    count_try(grace, who)
    spend_each(_wrong(grace), WINDOW)


def give_number_try_back(grace: Grace) -> None:
    """The number was of somebody who has a seat here. In the caller's transaction."""
    give_try_back()
    for key in _wrong(grace):
        give_back(key)


def _wrong(grace: Grace) -> dict[str, int]:
    address = hashlib.sha256((request.remote_addr or "").encode()).hexdigest()
    return {
        f"here-wrong-code:{grace.meeting_id}:{grace.site_id}:{slot_at(grace.at)}": WRONG_WITH_A_CODE,
        f"here-wrong-address:{grace.meeting_id}:{address}": WRONG_FROM_AN_ADDRESS,
        f"here-wrong:{grace.meeting_id}": WRONG_AT_A_HALF_DAY,
    }


def _phone() -> str:
    return f"here-phone:{throttles.device_mark()}"
