"""What a good code is worth: ten minutes to sign in and to say that one is here.

The code was checked before; what it led to is kept in a signed cookie of this purpose, which no page and no address
ever shows.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from app.accounts.site import keys
from app.attendance.checkin.rules import Way
from app.platform.web.forms import LARGEST_ID

COOKIE = "here"
PATH = "/here"
LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Grace:
    """Whoever carries it scanned the code of this half-day and site at this moment."""

    meeting_id: int
    site_id: int
    way: Way
    at: datetime


def give(response: Response, grace: Grace) -> Response:
    """Let the phone carry it."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    lasts = int(LASTS.total_seconds())
    response.set_cookie(COOKIE, words_of(grace), max_age=lasts, path=PATH, secure=secure, httponly=True, samesite="Lax")
    return response


def words_of(grace: Grace) -> str:
    """The signed words in the cookie."""
    return str(_signer().dumps([grace.meeting_id, grace.site_id, grace.way.value, int(grace.at.timestamp())]))


def given(moment: datetime) -> Grace | None:
    """What this phone carries, while it is good; None for anything altered, made for another purpose, or too old."""
    try:
        meeting_id, site_id, way, at = _signer().loads(request.cookies.get(COOKIE, ""))
        grace = Grace(_row(meeting_id), _row(site_id), Way(way), datetime.fromtimestamp(int(at), UTC))
    except (BadSignature, ValueError, TypeError, OverflowError, OSError):
        return None
    return grace if timedelta(0) <= moment - grace.at <= LASTS else None


def _row(number: Any) -> int:
    if not isinstance(number, int) or not 0 < number <= LARGEST_ID:
        raise ValueError(number)
    return number


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(list(reversed(keys())), salt="check-in")
