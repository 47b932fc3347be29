"""What an anonymous form asks, what is kept of it, and what is shown. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.access.small_numbers import FEWEST, Hidden, guarded

LONGEST_COMMENT = 1000
AGREEMENT = 5
"""Answers of the scale of agreement, from full agreement to none."""

Answers = dict[str, Any]
"""Item -> number of the chosen option from 0, or a comment. What was left out is not there."""


class SurveyPhase(StrEnum):
    """When workers are asked: before their supervisors were trained, or after."""

    PRE = "pre"
    POST = "post"


@dataclass(frozen=True)
class Item:
    """One thing that a form asks. Without options it is answered in words."""

    id: str
    text: str
    options: tuple[str, ...] = ()
    is_scale: bool = False
    """Whether it is answered on the scale of agreement, whose words are the site's."""

    @property
    def choices(self) -> int:
        """How many answers there are to choose from; 0 for words."""
        return AGREEMENT if self.is_scale else len(self.options)


@dataclass(frozen=True)
class FormText:
    """A form in one language."""

    language: str
    intro: str
    items: tuple[Item, ...]
    closing: str


def form_text(texts: Mapping[str, Any], wanted: Iterable[str | None]) -> FormText:
    """The form in the first wanted language that it exists in, else in English, else in any. `texts` as published."""
    language = next(code for code in (*wanted, "en", *texts) if code is not None and code in texts)
    stored = texts[language]
    items = tuple(
        Item(each["id"], each["text"], tuple(each.get("options") or ()), is_scale=each.get("scale") is not None)
        for each in stored["items"]
    )
    return FormText(language, stored["intro"], items, stored.get("closing") or "")


def kept(items: Sequence[Item], said: Mapping[str, str]) -> Answers:
    """What is kept of what somebody sent: answers that exist, and words. Anything else is dropped."""
    found = {item.id: _answer(item, said.get(item.id, "")) for item in items}
    return {name: answer for name, answer in found.items() if answer is not None}


def _answer(item: Item, said: str) -> int | str | None:
    if not item.choices:
        return said.replace("\r\n", "\n").strip()[:LONGEST_COMMENT] or None
    is_number = said.isascii() and said.isdigit() and len(said) <= len(str(item.choices))
    return int(said) if is_number and int(said) < item.choices else None


def is_too_long(items: Sequence[Item], said: Mapping[str, str]) -> bool:
    """Whether a comment is longer than what is kept."""
    words = (said.get(item.id, "") for item in items if not item.choices)
    return any(len(each.replace("\r\n", "\n").strip()) > LONGEST_COMMENT for each in words)


def month_of(day: date) -> date:
    """All that is kept of when somebody answered: the first day of the month."""
    return day.replace(day=1)


def figures(
    items: Sequence[Item], answers: Sequence[Answers], languages: Sequence[str], before: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """What may be shown of these answers: None while there are fewer than five.

    `before` is what was shown until now. Nothing that is shown changes by the answers of fewer than five: whoever
    compares both sees no single answer. An item that fewer than five answered stays away; comments are in the order of
    their letters, which tells nothing. `languages` are those in which the answers were given.
    """
    known = before or {"n": 0, "items": {}, "languages": {}}
    grew = len(answers) - known["n"] >= FEWEST
    shown = {item.id: _figure(item, answers, known["items"].get(item.id)) for item in items}
    if not grew:
        return dict(before) if before else None
    return {
        "n": len(answers),
        "items": {name: figure for name, figure in shown.items() if figure is not None},
        "languages": _by_language(languages),
    }


def _figure(item: Item, answers: Sequence[Answers], before: dict[str, Any] | None) -> dict[str, Any] | None:
    given = [each[item.id] for each in answers if item.id in each]
    if len(given) - (before["n"] if before else 0) < FEWEST:
        return before
    if item.choices:
        return {"n": len(given), "counts": [given.count(number) for number in range(item.choices)]}
    return {"n": len(given), "comments": sorted(given, key=lambda words: (words.casefold(), words))}


def _by_language(languages: Sequence[str]) -> dict[str, int]:
    """How many answered in each language, without those whose number would tell of fewer than five."""
    codes = sorted(set(languages))
    known = guarded([languages.count(code) for code in codes])
    if isinstance(known.total, Hidden):
        return {}
    return {code: part for code, part in zip(codes, known.parts, strict=True) if not isinstance(part, Hidden)}
