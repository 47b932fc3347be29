"""Pages of a list that stay in order while rows are added. Pure."""

import re

MOST, USUAL = 200, 100
"""Entries of one answer."""
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
CURSOR = r"^c[0-9a-v]{1,6}$"
_CURSOR = re.compile(CURSOR.removeprefix("^").removesuffix("$"))


def cursor_of(last_id: int) -> str:
    """Says where the next answer begins. Programs hand it back as it is; every text of its form is one."""
    text = ""
    while last_id:
        last_id, rest = divmod(last_id, len(_DIGITS))
        text = _DIGITS[rest] + text
    return f"c{text or '0'}"


def id_of(cursor: str) -> int:
    """The id after which the next answer begins. Raises ValueError for what is no cursor."""
    if not _CURSOR.fullmatch(cursor):
        raise ValueError(cursor)
    return int(cursor[1:], len(_DIGITS))
