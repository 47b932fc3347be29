"""Pages of a list that stay in order while rows are added and changed. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MOST, USUAL = 200, 100
"""Entries of one answer."""
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_ID, _MOMENT = "[0-9a-v]{1,6}", "[0-9a-v]{1,11}"
CURSOR = rf"^c{_ID}$"
EITHER_CURSOR = rf"^(c{_ID}|u{_MOMENT}\.{_ID})$"
"""Of a list that can also be read in the order of changes."""
_CURSOR = re.compile(EITHER_CURSOR.removeprefix("^").removesuffix("$"))
_BEGIN, _STEP = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """After which entry an answer begins; `changed_at` is there where entries stand in the order of changes."""

    last_id: int
    changed_at: datetime | None = None


def cursor_of(place: Place) -> str:
    """Says where the next answer begins. Programs hand it back as it is; every text of its form is one."""
    if place.changed_at is None:
        return f"c{_text(place.last_id)}"
    return f"u{_text((place.changed_at - _BEGIN) // _STEP)}.{_text(place.last_id)}"


def place_of(cursor: str) -> Place:
    """Where the next answer begins. Raises ValueError for what is no cursor."""
    if not _CURSOR.fullmatch(cursor):
        raise ValueError(cursor)
    moment, _dot, last_id = cursor[1:].rpartition(".")
    return Place(_number(last_id), _BEGIN + _number(moment) * _STEP if moment else None)


def _text(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, len(_DIGITS))
        text = _DIGITS[rest] + text
    return text or "0"


def _number(text: str) -> int:
    return int(text, len(_DIGITS))
