"""Which heading means what, loaded once from `words/`."""

import json
from functools import cache
from pathlib import Path

from app.factories.roster.headers import meanings
from app.factories.roster.text import as_text, fold
from app.platform.tables import Value

_OF_ROSTERS = {"employee_number": "employee_number", "name": "name", "local_name": "name"}
_SURE, _LONGEST = 3.0, 80


@cache
def _headings() -> dict[str, str]:
    words = json.loads((Path(__file__).parent / "words" / "headings.json").read_text("utf-8"))
    return {fold(word): kind for kind, listed in words.items() for word in listed}


def kind_of(value: Value) -> str | None:
    """What a heading says its column holds; None for an unknown one."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = as_text(value)
    kind = _headings().get(fold(text.replace("#", " no ")))
    if kind is None:
        known = [each for each in meanings(text) if each.points >= _SURE]
        kind = _OF_ROSTERS.get(known[0].kind) if known else None
    return kind
