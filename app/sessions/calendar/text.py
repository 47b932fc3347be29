"""Text, addresses and links in the form that a calendar file can carry."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit

_LINK = re.compile(r"https://[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]{1,2000}")
_PLAIN_IN_MAILTO = "!$'*+"


class InviteError(ValueError):
    """The values do not make an invitation that every calendar reads the same way."""


@lru_cache(maxsize=2048)
def one_line(text: str) -> str:
    """The text in one line: line breaks and runs of space become one space, controls go."""
    return " ".join(cleaned(text).split())


def cleaned(text: str) -> str:
    """The text with `\\n` as its only control; halves of characters and the byte order mark are left out."""
    for break_ in ("\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"):
        text = text.replace(break_, "\n")
    return "".join(c for c in text.replace("\t", " ") if c == "\n" or _can_stand(c))


def _can_stand(character: str) -> bool:
    # Cf stays: Khmer, Bangla and Arabic need their joiners and zero-width spaces.
    return unicodedata.category(character) not in {"Cc", "Cs"} and character != "\ufeff"


def escaped(text: str) -> str:
    """A TEXT value ready to write (RFC 5545, 3.3.11)."""
    for character, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(character, written)
    return text


def parameter(text: str) -> str:
    """A value for a parameter such as CN: RFC 5545 allows no quotation mark in it, RFC 6868 gives `^` a meaning."""
    return " ".join(one_line(text).replace('"', "'").replace("^", " ").split())


def mailto(address: str) -> str:
    """The bare URI of an address that was checked before (RFC 6068)."""
    local, _, domain = address.rpartition("@")
    return f"mailto:{quote(local, safe=_PLAIN_IN_MAILTO)}@{domain}"


def link(url: str) -> str:
    """The https link unchanged. Raises InviteError for another scheme, a missing host, a user name or a space."""
    try:
        parts = urlsplit(url)
        sound = _LINK.fullmatch(url) and parts.hostname and "@" not in parts.netloc
    except ValueError:
        sound = False
    if not sound:
        raise InviteError(f"{url!r} is not a plain https link.")
    return url
