"""Bytes as letters: base64url without padding, as phones send them. Pure."""

import base64
import binascii
import re

_LETTERS = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
SHORT = 8
"""So many first letters of an id are its short id."""


def letters(data: bytes) -> str:
    """Bytes as letters."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def data_of(text: object, size: int | None = None) -> bytes:
    """The bytes; `size` is how many there must be. Raises ValueError for what `letters` would not write."""
    if not isinstance(text, str) or not _LETTERS.fullmatch(text):
        raise ValueError("not base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if letters(data) != text or size not in {None, len(data)}:
        raise ValueError("not these bytes")
    return data


def short(mark_id: str) -> str:
    """The short id of a mark, given its 32 hexadecimal digits."""
    return letters(bytes.fromhex(mark_id))[:SHORT]
