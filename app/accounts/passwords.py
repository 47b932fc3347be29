"""What makes a password too easy to guess. Pure; the list is our own and needs no network."""

import re
import unicodedata
from enum import StrEnum, auto
from itertools import pairwise
from pathlib import Path

SHORTEST, LONGEST = 12, 200
LETTERS_FOR = str.maketrans("013457@$!", "oieastasi")
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qwertzuiop", "abcdefghijklmnopqrstuvwxyz")
WORDS = frozenset((Path(__file__).parent / "common_words.txt").read_text(encoding="ascii").split())
_TAIL = "0123456789!?.,-_#*+ "
_MARKS = re.compile(r"[\W_]+")


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = auto()
    LONG = auto()
    COMMON = auto()
    OWN_NAME = auto()


def weakness(password: str, *names: str) -> Weakness | None:
    """What is wrong with a password, or None. `names` are the address and name of whoever wants it.

    At least 12 characters, none of the common ones, no rules of composition (OWASP ASVS 5.0, 6.2.1 to 6.2.12).
    """
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    text = unicodedata.normalize("NFKC", password).casefold()
    plain = _MARKS.sub("", text)
    if _is_common(plain) or _is_words(_MARKS.sub("", text.strip(_TAIL).translate(LETTERS_FOR))):
        return Weakness.COMMON
    return Weakness.OWN_NAME if any(_is_mostly(plain, name) for name in names) else None


def _is_common(plain: str) -> bool:
    """One sign or syllable over and over, a walk along the keyboard, or known words with digits around them."""
    if len(set(plain)) < 5 or _is_repeated(plain) or _is_walk(plain):
        return True
    return _is_words(plain)


def _is_repeated(plain: str) -> bool:
    return plain in (plain + plain)[1:-1]


def _is_walk(plain: str) -> bool:
    ways = [way for row in ROWS for way in (row * 2, row[::-1] * 2)]
    steps = sum(any(pair in way for way in ways) for pair in map("".join, pairwise(plain)))
    return steps >= 0.7 * (len(plain) - 1)


def _is_words(core: str) -> bool:
    """Whether the text is made of at most two common words and digits."""
    core = core.strip("0123456789")
    if not core or core in WORDS:
        return True
    return any(core[:cut] in WORDS and core[cut:].strip("0123456789") in WORDS for cut in range(1, len(core)))


def _is_mostly(plain: str, name: str) -> bool:
    known = _MARKS.sub("", unicodedata.normalize("NFKC", name).casefold())
    parts = {known, _MARKS.sub("", name.partition("@")[0].casefold())}
    return any(len(part) >= 4 and part in plain and len(plain) - len(part) < 6 for part in parts)
