"""The words of meeting reports in many languages, loaded once from `words/`."""

import json
from functools import cache, lru_cache
from pathlib import Path

from app.factories.roster.text import fold

_FOLDER = Path(__file__).parent / "words"
_LONGEST_HEADING = 80


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """A word as words are compared here: folded, without spaces."""
    return fold(text).replace(" ", "")


@cache
def _file(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return found


@cache
def _meanings(name: str) -> dict[str, str]:
    return {key(word): meaning for meaning, listed in _file(name).items() for word in listed}


def heading(text: str) -> str | None:
    """What a heading says its column holds: name, email, join, leave, length, role ... or None."""
    return _meanings("headings").get(key(text)) if len(text) <= _LONGEST_HEADING else None


def unit(word: str) -> str | None:
    """hours, minutes or seconds."""
    return _meanings("lengths").get(key(word))


def period(word: str) -> str | None:
    """before_noon or after_noon."""
    return _meanings("periods").get(key(word))


@cache
def people_words(name: str) -> frozenset[str]:
    """Words of one kind about people: suffixes, yes, prefixes."""
    return frozenset(key(word) for word in _file("people")[name])


@cache
def _organizers() -> tuple[str, ...]:
    return tuple(key(word) for word in _file("people")["organizers"])


def is_organizer(role: str) -> bool:
    """Whether a role is that of who called the meeting."""
    return key(role[:_LONGEST_HEADING]).startswith(_organizers())


def is_yes(text: str) -> bool:
    """Whether a cell says yes."""
    return key(text[:_LONGEST_HEADING]) in people_words("yes")


@cache
def action(text: str) -> str | None:
    """joined or left, of the words for an event; None for words that are not known."""
    word = key(text[:_LONGEST_HEADING])
    for meaning in ("left", "joined"):
        if any(key(known) in word for known in _file("actions")[meaning]):
            return meaning
    return None
