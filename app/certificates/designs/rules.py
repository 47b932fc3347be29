"""What a text of a design may say, and how it is filled. Pure: user text is only ever searched and replaced."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

PLACEHOLDERS = ("name", "course", "factory", "hours", "date", "valid_until", "role", "number")
"""What stands in braces in a text and is filled in for each certificate."""

_NAMED = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")
_BRACE = re.compile(r"[{}]")
_SHOWN = 24


class Part(StrEnum):
    """The texts of a design."""

    TITLE = "title"
    STATEMENT = "statement"
    PROVES = "proves"
    LEGAL_NOTE = "legal_note"


LONGEST = {Part.TITLE: 60, Part.STATEMENT: 300, Part.PROVES: 400, Part.LEGAL_NOTE: 240}
"""Characters that still can be read where the text stands on the paper."""


class TextFault(StrEnum):
    """Why a text was refused."""

    UNKNOWN = "unknown"
    """Something else than a placeholder stands in braces."""
    OPEN = "open"
    """A brace without the other one."""
    TOO_LONG = "too_long"
    CONTROL = "control"
    """A sign that no paper shows: it would end the text, or turn its direction."""


@dataclass(frozen=True)
class Refusal:
    """Where a text is wrong: the place counts from 1; `found` is what stands there."""

    fault: TextFault
    place: int
    found: str = ""


def text_fault(text: str, longest: int) -> Refusal | None:
    """What is wrong with a text, the first of it, or None."""
    if len(text) > longest:
        return Refusal(TextFault.TOO_LONG, longest + 1)
    for place, sign in enumerate(text, 1):
        if (sign < " " and sign not in "\r\n\t") or sign in _TURNING:
            return Refusal(TextFault.CONTROL, place)
    # A placeholder leaves as many signs behind as it has, so that places stay what they are.
    rest = _NAMED.sub(lambda found: " " * len(found[0]), text)
    stray = _BRACE.search(rest)
    if stray is None:
        return None
    end = rest.find("}", stray.start() + 1)
    if stray[0] == "}" or end < 0:
        return Refusal(TextFault.OPEN, stray.start() + 1, stray[0])
    return Refusal(TextFault.UNKNOWN, stray.start() + 1, text[stray.start() : end + 1][:_SHOWN])


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\x7f")


def placeholders_in(text: str) -> list[str]:
    """The placeholders of a text, as they come."""
    return _NAMED.findall(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced, once: what a value says is never looked at again.

    A line with a placeholder that has nothing to say is left out, such as that of an end where there is none.
    """
    lines = text.splitlines()
    kept = [line for line in lines if all(values.get(name) for name in placeholders_in(line))]
    return "\n".join(_NAMED.sub(lambda found: values[found[1]], line) for line in kept)
