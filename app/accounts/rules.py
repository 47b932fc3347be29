"""What a PIN and an address must look like, how long sign-ins and links last, who needs a second factor. Pure."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum, auto

from app.access.roles import Role

PIN_LENGTH = 6
PERSON_HOURS = 4
"""A person's sign-in for a quiz ends by itself: phones are shared."""


def normal_email(text: str) -> str:
    """An address as accounts are compared by: NFKC, case folded, without spaces around or signs that nobody sees."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold()).strip()


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


LINK_LASTS = {
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.PASSWORD_RESET: timedelta(minutes=60),
    LinkPurpose.SIGN_IN: timedelta(minutes=15),
}

NEED_FACTOR = frozenset(Role) - {Role.PERSON, Role.CHECK_IN_HELPER, Role.FACTORY_AMBASSADOR}
"""A password alone opens nothing for them. Helpers of one training session and ambassadors may add a second factor, and
then need it, too."""


class Step(StrEnum):
    """What stands between a password and the pages of an account."""

    GIVE = auto()
    """It has a second factor, which was not given yet."""
    SET_UP = auto()
    """It needs one and has none."""


def next_step(roles: Iterable[Role], *, has_factor: bool, was_given: bool, is_required: bool) -> Step | None:
    """What an account must still do. `is_required` is the site's policy for staff; what is set up is always asked."""
    if was_given:
        return None
    if has_factor:
        return Step.GIVE
    return Step.SET_UP if is_required and not NEED_FACTOR.isdisjoint(roles) else None
