"""The words of headcount files, loaded once from `words/`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from app.factories.roster.text import fold
from app.factories.roster.vocabulary import words as roster_words

_FOLDER = Path(__file__).parent / "words"


@cache
def _file(name: str) -> Any:
    return json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))


@cache
def heading_kinds() -> dict[str, str]:
    """What a folded heading says its column holds."""
    return {fold(word): kind for kind, listed in _file("headings").items() for word in listed}


@cache
def term(name: str) -> frozenset[str]:
    """The folded words of one meaning: revised, declared, undisclosed, both."""
    return frozenset(fold(word) for word in _file("terms")[name])


@cache
def group_roles() -> dict[str, str]:
    """The role of a folded word for a group of people, such as Management."""
    return {fold(word): role for role, listed in _file("terms")["roles"].items() for word in listed}


@cache
def _marks(kind: str) -> tuple[str, ...]:
    return tuple(f" {fold(word)} " for word in roster_words("marks")[kind])


def mark_of(text: str) -> str | None:
    """`subtotal`, `total` or `footer` where a label says that its row is no count of its own."""
    folded = f" {fold(text)} "
    if not folded.strip():
        return None
    if folded.startswith(_marks("subtotal")):
        return "subtotal"
    if folded.startswith(_marks("total")) or folded.endswith(_marks("total")):
        return "total"
    return "footer" if folded.startswith(_marks("footer")) else None
