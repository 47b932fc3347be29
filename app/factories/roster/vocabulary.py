"""The words of many languages that ship with the importer, loaded once from `words/`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "words"


@cache
def words(name: str) -> Any:
    """The content of `words/<name>.json`; treat it as read-only."""
    return json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))


def languages_of(country: str | None) -> tuple[str, ...]:
    """The languages of a country's factory lists, without English, which is everywhere. All when unknown."""
    countries = words("countries")
    if country in countries:
        return tuple(countries[country]["languages"])
    return tuple(dict.fromkeys(language for entry in countries.values() for language in entry["languages"]))
