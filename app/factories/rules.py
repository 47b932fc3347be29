"""Roles, sexes and how names are compared. Pure."""

import unicodedata
from enum import StrEnum


class JobRole(StrEnum):
    """Roles in a factory, from below."""

    HELPER = "helper"
    OPERATOR = "operator"
    QUALITY = "quality"
    MECHANIC = "mechanic"
    OFFICE = "office"
    SUPERVISOR = "supervisor"
    INDIRECT_SUPERVISOR = "indirect_supervisor"
    MANAGER = "manager"


class Sex(StrEnum):
    """As a person or a roster says; None where nothing is said."""

    F = "F"
    M = "M"
    OTHER = "other"
    UNDISCLOSED = "undisclosed"


class ImportState(StrEnum):
    """What became of a roster file."""

    PREVIEWED = "previewed"
    APPLIED = "applied"


_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u0640"))


def searchable(*texts: str | None) -> str:
    """Names as they are searched: case folded, Latin without marks, đ as d, nothing invisible, NFC for other scripts."""
    return " ".join(_fold(text) for text in texts if text)


def _fold(text: str) -> str:
    clean = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).casefold()
    return " ".join("".join(_plain(letter) for letter in clean).split())


def _plain(letter: str) -> str:
    if letter in "đð":
        return "d"
    decomposed = unicodedata.normalize("NFKD", letter)
    is_latin = "a" <= decomposed[0] <= "z"
    return "".join(part for part in decomposed if not unicodedata.combining(part)) if is_latin else letter
