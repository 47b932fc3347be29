"""Rooms at meeting providers, who may come in and when. Pure."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

OPENS_BEFORE = timedelta(minutes=30)
"""People come in so long before the half-day begins, and a room is made ready for them."""
STAYS_OPEN = timedelta(minutes=30)
"""Half-days last longer than planned: only then is the room ended."""
TOLD_AFTER = 3
"""Tries after which whoever teaches is told that there is no room. The worker goes on trying."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TOKEN = re.compile(r"([0-9a-z]{1,7})-([a-z2-7]{32})")


class Provider(StrEnum):
    """Who carries a half-day that people join by link."""

    PASTED = "pasted"
    """Anybody: somebody made a meeting there and pasted its link. It is handed on and never opened by us."""
    JITSI = "jitsi"
    BIGBLUEBUTTON = "bigbluebutton"


class RoomState(StrEnum):
    """Life of a room at a provider."""

    WANTED = "wanted"
    READY = "ready"
    FAILED = "failed"
    ENDED = "ended"
    """It is over, or the half-day uses no room any more."""


USED = frozenset({RoomState.WANTED, RoomState.READY, RoomState.FAILED})
"""States in which a half-day is joined through its room."""


class Problem(StrEnum):
    """Why there is no room."""

    AWAY = "away"
    """The provider did not answer, or not in time."""
    GARBLED = "garbled"
    """What it answered cannot be read."""
    REFUSED = "refused"
    """It says no, for instance because the secret is wrong."""
    FOREIGN = "foreign"
    """It has a room of this name that somebody else has made."""
    UNSET = "unset"
    """The site is not connected to this provider."""

    @property
    def is_final(self) -> bool:
        """Whether trying again by itself would not help."""
        return self in {Problem.REFUSED, Problem.FOREIGN, Problem.UNSET}


class Entry(StrEnum):
    """Whether somebody can come in at a moment."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True)
class Holder:
    """Somebody, or the screen of a room, for whom the half-day has a link. `key` is unique in the half-day; it starts
    with what it is: an address, a seat, a site or an account."""

    key: str
    name: str
    moderates: bool = False
    seat_id: int | None = None

    @property
    def mark(self) -> str:
        """How the provider and the list of visits know this holder: it tells nobody an address."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:24]


def of_address(address: str, name: str, *, teaches: bool) -> Holder:
    """Who has an entry in the calendar."""
    return Holder(f"address:{address}", name, moderates=teaches)


def of_seat(seat_id: int, name: str) -> Holder:
    """Somebody with a seat, who may have neither address nor account."""
    return Holder(f"seat:{seat_id}", name, seat_id=seat_id)


def of_site(site_id: int, name: str) -> Holder:
    """The screen of a factory's meeting room, with many people before it."""
    return Holder(f"site:{site_id}", name)


def of_account(account_id: int, name: str, *, moderates: bool) -> Holder:
    """Somebody who is signed in."""
    return Holder(f"account:{account_id}", name, moderates=moderates)


def token(room_id: int, seed: str, holder: Holder) -> str:
    """The secret of a link into a room: 160 bits that only this holder of this room has, good for nothing else."""
    digest = hmac.new(seed.encode(), f"join:{holder.key}".encode(), "sha256").digest()[:20]
    return f"{_base36(room_id)}-{base64.b32encode(digest).decode().lower()}"


def room_of(text: str) -> int | None:
    """The room to which a token claims to lead; None for what is no token."""
    found = _TOKEN.fullmatch(text)
    return int(found[1], 36) if found else None


def whose(text: str, room_id: int, seed: str, holders: Iterable[Holder]) -> Holder | None:
    """Which of those who may come in has this token. Who may not any more is not among them: so a link ends."""
    found = None
    for holder in holders:
        if hmac.compare_digest(token(room_id, seed, holder), text):
            found = holder
    return found


def entry(starts_at: datetime, ends_at: datetime, at: datetime) -> Entry:
    """Early until half an hour before the start, over half an hour after the end."""
    if at < starts_at - OPENS_BEFORE:
        return Entry.EARLY
    return Entry.OPEN if at < ends_at + STAYS_OPEN else Entry.OVER


def _base36(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = _DIGITS[rest] + text
    return text or "0"
