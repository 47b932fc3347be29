"""JSON, strictly: nothing that two programs could read in two ways."""

import json
import math
from typing import Any

from app.api.xapi.rules.problems import Malformed

MOST_DIGITS = 1000
"""Of a whole number."""
DEEPEST = 250
"""Levels of a value. Most that handles one calls itself for each of them: what is stored must be read from anywhere."""


def read_json(data: bytes | str, what: str = "the body") -> Any:
    """The value in a text. Raises Malformed: also for numbers that are none, names that come twice, texts that no
    encoding can write.
    """
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
        found = json.loads(
            text, parse_constant=_no_number, parse_float=_finite, parse_int=_whole, object_pairs_hook=_once
        )
        if "\\u" in text:
            write_json(found).encode()
        _check_depth(found)
    except RecursionError as error:
        raise Malformed(f"{what} goes too deep") from error
    except (ValueError, UnicodeError) as error:
        raise Malformed(f"{what} is not JSON in UTF-8: {error}") from error
    return found


def _check_depth(value: Any) -> None:
    """Raise RecursionError, as the reading itself does for what is deeper still."""
    level = [value]
    for _level in range(DEEPEST + 1):
        level = [
            inner for each in level if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]  # fmt: skip
        if not level:
            return
    raise RecursionError


def write_json(value: Any) -> str:
    """A value as text, in as few bytes as it goes."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    """Also 1e999 would be written as a number that JSON does not have."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is larger than numbers are")
    return number


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:  # the language has a limit of its own, and speaks of itself
        raise ValueError(f"{text[:20]} and so on has more than {MOST_DIGITS} digits")
    return int(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice in one object")
    return found
