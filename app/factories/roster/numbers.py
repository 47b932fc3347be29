"""Employee numbers: texts that look like numbers."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from app.factories.roster.text import as_text, ascii_digits
from app.platform.tables import Value

_POINT_ZERO = re.compile(r"(\d+)\.0+")
_IGNORED = re.compile(r"[\s\-‐‑‒–—.·/\\_]+")
_ONE_WIDTH_SHARE = 0.8


def employee_number(value: Value) -> str:
    """The number as text: local digits in ASCII, no `.0` from a program that took it for a quantity."""
    text = ascii_digits(as_text(value))
    whole = _POINT_ZERO.fullmatch(text)
    return whole[1] if whole else text


def number_key(number: str) -> str:
    """Equal for two writings of one number: without spaces, hyphens, dots, slashes, case and leading zeros, whatever
    the width of its letters, and without signs that nobody sees.
    """
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", number) if unicodedata.category(sign) != "Cf")
    plain = _IGNORED.sub("", ascii_digits(seen)).casefold()
    return plain.lstrip("0") or plain[:1]


def padded_width(numbers: Iterable[str]) -> int:
    """The width to which shorter all-digit numbers are padded, or 0.

    Rule: at least 80 % of the all-digit numbers have one width and some of those begin with 0.
    """
    digits = [number for number in numbers if number.isdecimal()]
    widths = Counter(map(len, digits))
    if not widths:
        return 0
    width, times = widths.most_common(1)[0]
    zeros = any(len(number) == width and number.startswith("0") for number in digits)
    return width if zeros and times >= _ONE_WIDTH_SHARE * len(digits) else 0
