"""Counts as people write them."""

import re

from app.factories.roster.rowkinds import is_blank_word
from app.factories.roster.text import as_text, ascii_digits
from app.platform.tables import Value

MOST = 1_000_000
"""More people than any factory has: a larger number is a slip of the pen."""
_GROUPED = re.compile(r"\d{1,3}(?:([,.'’٬،\u066b\u066c ])\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_WHOLE = re.compile(r"(\d+)(?:[.,]0{1,2})?")
_SIGNS = re.compile(r"[,.'’٬،\u066b\u066c ]")


def read_count(value: Value) -> int | None:
    """A whole number from 0; None for anything else, blank too. Local digits and thousands separators of every kind
    are understood; a lone dash is 0, as spreadsheets show it."""
    if isinstance(value, bool) or not isinstance(value, str | float):
        return None
    text = ascii_digits(as_text(value))
    if text and is_blank_word(text) and text[0] in "-–—":
        return 0
    whole = _WHOLE.fullmatch(text)
    if not whole and (_GROUPED.fullmatch(text) or _INDIAN.fullmatch(text)):
        whole = _WHOLE.fullmatch(_SIGNS.sub("", text))
    # the digits are counted first: turning millions of digits into a number takes hours
    number = int(whole[1]) if whole and len(whole[1].lstrip("0")) <= len(str(MOST)) else None
    return number if number is not None and number <= MOST else None


def is_nothing(value: Value) -> bool:
    """True for a cell in which nothing is said."""
    return value is None or not as_text(value)
