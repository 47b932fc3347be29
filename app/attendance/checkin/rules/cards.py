"""What a camera or a hand reads off a personal card. Pure."""

import hashlib
import re

_TOKEN = re.compile(r"[a-z2-7]{32}", re.ASCII)


def card_hash(token: str) -> str:
    """What a device without network knows of a card: ten hexadecimal digits, from which nobody can make the card."""
    return hashlib.sha256(token.encode()).hexdigest()[:10]


def token_in(text: str) -> str | None:
    """The token of a card in what a camera read - the address on it - or somebody pasted; None in anything else, as in
    the number that somebody typed.
    """
    last = text.strip().rstrip("/").rpartition("/")[2].lower()
    return last if _TOKEN.fullmatch(last) else None
