"""The words of files of findings, loaded once from `words/`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from app.factories.roster.text import fold
from app.improvement.findings.catalogue import title_key
from app.improvement.findings.rules import FindingStatus, Severity

_FOLDER = Path(__file__).parent / "words"


@cache
def _file(name: str) -> Any:
    return json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))


@cache
def heading_kinds() -> dict[str, str]:
    """What a folded heading says its column holds."""
    return {fold(word): kind for kind, listed in _file("headings").items() for word in listed}


@cache
def severities() -> dict[str, Severity]:
    """The severity of a folded word."""
    return {fold(word): Severity(name) for name, listed in _file("terms")["severity"].items() for word in listed}


@cache
def statuses() -> dict[str, FindingStatus]:
    """The status of a folded word."""
    return {fold(word): FindingStatus(name) for name, listed in _file("terms")["status"].items() for word in listed}


@cache
def theme_words() -> dict[str, str]:
    """The code of a theme from an old, short or translated name."""
    return {title_key(word): code for code, listed in _file("themes").items() for word in listed}
