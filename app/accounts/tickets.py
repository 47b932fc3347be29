"""What the signed cookie carries between two requests: a challenge, the token of a link, a confirmed password."""

from datetime import timedelta
from secrets import token_bytes

from flask import session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from app.accounts.devices import digest
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.web.throttle import spend

CONFIRMED_LASTS = timedelta(minutes=15)
CHALLENGE_LASTS = timedelta(minutes=10)
WAY_LASTS = timedelta(minutes=10)


def new_challenge() -> bytes:
    """A challenge for a passkey, carried to the next request."""
    challenge = token_bytes(32)
    session["challenge"] = [bytes_to_base64url(challenge), int(now().timestamp())]
    return challenge


def take_challenge() -> bytes:
    """The challenge of this device. It works once, even when the cookie comes again. Raises Refused or TooMany."""
    text, at = session.pop("challenge", ("", 0))
    if not text or now().timestamp() - at > CHALLENGE_LASTS.total_seconds():
        raise Refused(_("That took too long. Try again."))
    spend(f"challenge:{digest(text)}", most=1, window=CHALLENGE_LASTS)
    return base64url_to_bytes(text)


def keep_link(purpose: str, token: str) -> None:
    """Carry the token of a link, so that the address of the page is clean (TRAPS T44)."""
    session["link"] = [purpose, token]


def kept_link(purpose: str) -> str:
    """The token that was kept for this purpose, or nothing."""
    kept, token = session.get("link", ("", ""))
    return token if kept == purpose else ""


def drop_link() -> None:
    """Carry no link any more."""
    session.pop("link", None)


def keep_way(path: str) -> None:
    """Carry where somebody goes on once signed in, by whatever door: a card has an address of its own."""
    session["way"] = [path, int(now().timestamp())]


def kept_way() -> str:
    """Where somebody wanted to go a few minutes ago, or nothing."""
    path, at = session.get("way", ("", 0))
    return path if now().timestamp() - at < WAY_LASTS.total_seconds() else ""


def confirm() -> None:
    """The password was given just now."""
    session["confirmed"] = int(now().timestamp())


def is_confirmed() -> bool:
    """Whether the password was given on this device a few minutes ago."""
    at = float(session.get("confirmed", 0))
    return now().timestamp() - at < CONFIRMED_LASTS.total_seconds()
