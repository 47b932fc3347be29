"""How names and words are compared when people search, in every script. Pure."""

import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u0640"))


def searchable(*texts: str | None) -> str:
    """Texts as they are searched: case folded, Latin without marks, đ as d, nothing invisible, else NFC."""
    return " ".join(_fold(text) for text in texts if text)


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.casefold().split())
    clean = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).casefold()
    return " ".join("".join(_plain(letter) for letter in clean).split())


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    if letter in "đð":
        return "d"
    decomposed = unicodedata.normalize("NFKD", letter)
    is_latin = "a" <= decomposed[0] <= "z"
    return "".join(part for part in decomposed if not unicodedata.combining(part)) if is_latin else letter
