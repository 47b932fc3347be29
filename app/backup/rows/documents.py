"""JSON as PostgreSQL writes it back, so that SQLite has the same text for the same document."""

import json
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

_read = json.JSONDecoder(parse_float=Decimal).decode
_text = json.JSONEncoder(ensure_ascii=False).encode


@lru_cache(maxsize=4096)
def canonical(document: str | float | None) -> str | None:
    """The text that `jsonb` has for a document: keys by length, then by bytes; numbers without exponents.

    SQLite keeps a document that is only a number as that number.
    """
    if document is None:
        return None
    return _written(_read(document if isinstance(document, str) else json.dumps(document)))


def changed(document: str, change: Callable[[Any], Any]) -> str:
    """The text of a document with a change."""
    return _written(change(_read(document)))


def _written(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        pairs = ", ".join(f"{_text(key)}: {_written(value[key])}" for key in sorted(value, key=_place))
        return f"{{{pairs}}}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, Decimal):
        return format(abs(value) if value.is_zero() else value, "f")
    return _text(value)


def _place(key: str) -> tuple[int, bytes]:
    written = key.encode()
    return len(written), written
