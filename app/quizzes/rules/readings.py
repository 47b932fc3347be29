"""Reads what a learner typed, kindly: any digits, either decimal mark, any case."""

import re
import unicodedata
from decimal import Decimal

LONGEST_TEXT = 10_000
LONGEST_NUMBER = 40
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)")
_MAYBE_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}([.,]\d{3})+")
_MARKS = str.maketrans({"٫": ".", "٬": "", "−": "-", "%": None, "٪": None, "'": None, "’": None, " ": None})


def fits(accepted: str, typed: str) -> bool:
    """Whether a typed text is the accepted one, without regard to case, spaces and kind of digits; * is anything."""
    text = _folded(typed[:LONGEST_TEXT])
    parts = [_folded(part.replace("\0", "*")) for part in accepted.replace("\\*", "\0").split("*")]
    return text == parts[0] if len(parts) == 1 else _fits_parts(parts, text)


def _fits_parts(parts: list[str], text: str) -> bool:
    """Begins with the first part, ends with the last, and holds the others between them in order."""
    first, *middle, last = parts
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def numbers_read(typed: str) -> tuple[Decimal, ...]:
    """Every number that a typed text can mean: 1,500 may be one and a half or fifteen hundred."""
    text = _digits(_INVISIBLE.sub("", typed.strip()).translate(_MARKS)) if len(typed) <= LONGEST_NUMBER else ""
    text = "".join(text.split())
    readings = {text.replace(",", ".")}
    if _MAYBE_THOUSANDS.fullmatch(text):
        readings.add(text.replace(",", "").replace(".", ""))
    if "," in text and "." in text:
        decimal = max(",.", key=text.rfind)
        readings = {text.replace(",.".replace(decimal, ""), "").replace(decimal, ".")}
    return tuple(Decimal(reading) for reading in sorted(readings) if _NUMBER.fullmatch(reading))


def _folded(text: str) -> str:
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).casefold()
    return " ".join(_digits(composed).split())


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
