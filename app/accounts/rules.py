"""What a password, a PIN and an address must look like; how long a sign-in lasts. Pure."""

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

SHORTEST_PASSWORD = 12
PIN_LENGTH = 6
PERSON_HOURS = 4
"""A person's sign-in for a quiz ends by itself: phones are shared."""


def normal_email(text: str) -> str:
    """An address as accounts are compared by: NFKC, case folded, without spaces around."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def is_live(
    *, seen_at: datetime, expires_at: datetime, ended_at: datetime | None, idle: timedelta, at: datetime
) -> bool:
    """Whether a sign-in still counts: not ended, not over its absolute end, not idle too long."""
    return ended_at is None and at < expires_at and at - seen_at < idle


class LinkPurpose(StrEnum):
    """What a one-time link is for. A link of one purpose is worth nothing at the door of another."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a purpose, not a password
    SIGN_IN = "sign_in"
