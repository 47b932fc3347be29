"""Which calendars there are, and the secret in their addresses. Pure."""

import base64
import hmac
import re
from collections.abc import Collection, Sequence
from datetime import timedelta
from enum import StrEnum

from app.access.roles import Role

STAYS = timedelta(weeks=8)
"""Half-days stay in a calendar so long after they are over."""
GONE_STAYS = timedelta(days=30)
"""One that is called off stays so long, marked as cancelled: readers then take it away for certain."""
_TOKEN = re.compile(r"([0-9a-z]{1,7})-([a-z2-7]{32})")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class FeedKind(StrEnum):
    """Whose half-days a calendar holds."""

    TEACHING = "teaching"
    FACTORY = "factory"
    ADVISING = "advising"
    PROGRAMME = "programme"
    OWN = "own"
    """Of a person: the own seats."""


_OF_ROLE = {
    Role.TRAINER: FeedKind.TEACHING,
    Role.FOCAL_POINT: FeedKind.FACTORY,
    Role.ADVISOR: FeedKind.ADVISING,
    Role.PROGRAMME_MANAGER: FeedKind.PROGRAMME,
    Role.ADMINISTRATOR: FeedKind.PROGRAMME,
}


def kinds_of(roles: Collection[Role]) -> list[FeedKind]:
    """What somebody with these roles can subscribe to, one for each task; a person has `OWN`."""
    found = {_OF_ROLE[role] for role in roles if role in _OF_ROLE}
    return [kind for kind in FeedKind if kind in found]


def role_of(kind: FeedKind) -> frozenset[Role]:
    """The roles for which a calendar is made."""
    return frozenset(role for role, made in _OF_ROLE.items() if made is kind)


def token(feed_id: int, version: int, key: str) -> str:
    """The secret in the address of a calendar: 160 bits that only the holder of the secret key can make, good for this
    version of this calendar and for nothing else. So it need not be kept, and can be shown again.
    """
    digest = hmac.new(key.encode(), f"calendar-feed:{feed_id}:{version}".encode(), "sha256").digest()[:20]
    return f"{_base36(feed_id)}-{base64.b32encode(digest).decode().lower()}"


def feed_of(text: str) -> int:
    """The calendar that a token claims to be of; 0, which is none, for what is no token."""
    found = _TOKEN.fullmatch(text)
    return int(found[1], 36) if found else 0


def opens(text: str, feed_id: int, version: int, keys: Sequence[str]) -> bool:
    """Whether it is the token, made with any of the keys. Takes the same time whatever is wrong."""
    right = [hmac.compare_digest(token(feed_id, version, key), text) for key in keys]
    return any(right)


def meeting_uid(meeting_id: int, domain: str) -> str:
    """The UID of a half-day itself, for whoever was not invited to it. Replies to it reach nobody."""
    return f"half-day-{meeting_id:016d}@{domain}"


def _base36(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = _DIGITS[rest] + text
    return text or "0"
