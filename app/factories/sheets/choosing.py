"""Choices of a person as JSON gives them. Each function raises ValueError for a choice of the wrong shape."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from app.platform.tables import column_letters, column_number


def text(raw: Mapping[str, Any], name: str) -> str | None:
    """A choice in words; None where it was not made."""
    value = raw.get(name)
    return str(value) if value is not None else None


def day(value: Any) -> date | None:
    """A day, also as YYYY-MM-DD."""
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError("expected a day as YYYY-MM-DD")  # noqa: TRY004 - one error for all choices
    return date.fromisoformat(value)


def row(value: Any) -> int | None:
    """The number of a row, from 1."""
    if value is None:
        return None
    written = str(value)
    if not written.isascii() or not written.isdigit() or len(written) > 6 or int(written) < 1:
        raise ValueError("header_row: rows count from 1")
    return int(written)


def names(value: Any) -> tuple[str, ...]:
    """One name or several."""
    listed = value if isinstance(value, list | tuple) else [value]
    return tuple(str(name) for name in listed if name)


def mapping(value: Any, name: str) -> Mapping[str, Any] | None:
    """An object of names and values."""
    if value is not None and not isinstance(value, Mapping):
        raise ValueError(f"{name}: expected an object")
    return value


def columns(value: Any, fields: Collection[str], aliases: Mapping[str, str] | None = None) -> dict[str, int]:
    """The number of the column of each known field, from letters; columns of other names are passed over."""
    known = aliases or {}
    named = {known.get(name, name): letters for name, letters in (mapping(value, "columns") or {}).items() if letters}
    return {name: column_number(str(letters)) for name, letters in named.items() if name in fields}


def letters(numbers: Mapping[str, int]) -> dict[str, str]:
    """The other way round: columns as letters."""
    return {name: column_letters(number) for name, number in numbers.items()}


def words(value: Any, name: str) -> dict[str, str]:
    """What written words mean. Accepts {word: meaning} and {meaning: [words]}."""
    found: dict[str, str] = {}
    for key, said in (mapping(value, name) or {}).items():
        if isinstance(said, str):
            found[key] = said
        elif isinstance(said, list | tuple):
            found |= {str(word): key for word in said}
    return found
