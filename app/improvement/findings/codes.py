"""Codes of factories, points and questions as people write them."""

import re

from app.factories.roster.text import ascii_digits, clean

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def code_key(text: str) -> str:
    """For comparing codes: without case and spaces; one kind of hyphen, and the digits of any script are the same."""
    return _DASHES.sub("-", ascii_digits(clean(text))).casefold().replace(" ", "")


def as_code(text: str) -> str:
    """A code that stands in no list, as it is kept: in capitals, without spaces."""
    return code_key(text).upper()
