"""The fixed phrases of certificates, a file for each language. Pure."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path

WORDING = Path(__file__).with_name("wording")


@functools.cache
def wording(locale: str) -> Mapping[str, str]:
    """Return the fixed phrases of a certificate in this language (`uz-Cyrl`, `ar-JO`), its base, or English."""
    tag = locale.replace("_", "-")
    for name in (tag, tag.split("-")[0]):
        if name in languages():
            return _phrases(name)
    return _phrases("en")


@functools.cache
def languages() -> frozenset[str]:
    """The languages that have phrases of their own."""
    return frozenset(file.stem for file in WORDING.glob("*.json"))


def has_wording(locale: str) -> bool:
    """Whether a certificate speaks this language itself."""
    return locale == "en" or wording(locale) != wording("en")


def _phrases(name: str) -> Mapping[str, str]:
    phrases: dict[str, str] = json.loads((WORDING / f"{name}.json").read_text(encoding="utf-8"))
    return phrases
