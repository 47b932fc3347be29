"""What a learner sees of a question, and which answer a choice of his means. Pure.

Options are named by `rules.option_ids`: a name says nothing about its option, and both directions go through here.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nh3

from app.quizzes.gift.questions import Format
from app.quizzes.rules.options import chosen_numbers, option_ids, shuffled
from app.quizzes.rules.readings import LONGEST_TEXT

FALLBACK = "en"
_TYPED = {"short", "numeric", "essay"}


@dataclass(frozen=True, slots=True)
class Stored:
    """What a page may know of a stored question: everything but its key."""

    question_id: int
    number: int
    code: str
    kind: str
    texts: Mapping[str, Any]
    choice: Sequence[str] | None
    revision: int


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose; `text` is empty for true and false, which the page words itself."""

    name: str
    text: str
    is_chosen: bool
    has_sound: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A left side of a matching question and the right sides to choose from."""

    text: str
    rights: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as one page shows it."""

    question_id: int
    number: int
    kind: str
    language: str
    paragraphs: tuple[str, ...]
    options: tuple[Option, ...]
    lefts: tuple[Left, ...]
    typed: str
    revision: int
    has_sound: bool


def reading_language(texts: Mapping[str, Any], wanted: Iterable[str | None]) -> str:
    """The first wanted language in which the question exists, else English, else any."""
    return next(code for code in (*wanted, FALLBACK, *texts) if code is not None and code in texts)


def shown(question: Stored, seed: int, wanted: Iterable[str | None]) -> Shown:
    """The question in a language that the reader wants, its options in the order of this attempt."""
    language = reading_language(question.texts, wanted)
    texts = question.texts[language]
    choice = question.choice or ()
    return Shown(
        question_id=question.question_id,
        number=question.number,
        kind=question.kind,
        language=language,
        paragraphs=tuple(line for line in plain(texts["text"], texts["format"]).splitlines() if line.strip()),
        options=_options(question, texts, seed, choice),
        lefts=_lefts(question, texts, seed, choice),
        typed=choice[0] if choice and question.kind in _TYPED else "",
        revision=question.revision,
        has_sound="sound" in texts,
    )


def sound(question: Stored, seed: int, language: str, option: str = "") -> str | None:
    """The name of the media file that reads the question aloud, or one of its options by the name it has here."""
    texts = question.texts.get(language, {})
    named = {"": texts} | dict(zip(_names(question, seed), texts.get("options", ()), strict=False))
    file: str | None = named.get(option, {}).get("sound")
    return file


def choice_of(question: Stored, seed: int, posted: Sequence[str]) -> list[str] | None:
    """The answer to store for what was posted; empty where nothing was chosen, None where it is no answer to this."""
    if question.kind in _TYPED:
        text = posted[0].strip() if posted else ""
        return None if len(posted) > 1 or len(text) > LONGEST_TEXT else [text] if text else []
    names = _names(question, seed)
    if question.kind == "matching":
        return _matches(question, names, posted)
    numbers = chosen_numbers(posted, names)
    if numbers is None or (question.kind != "multiple" and len(numbers) > 1):
        return None
    return [str(number) for number in sorted(numbers)]


def plain(text: str, written: str) -> str:
    """Text without markup: pages show words, never foreign tags."""
    return html.unescape(nh3.clean(text, tags=set())) if written == Format.HTML else text


def _options(question: Stored, texts: Mapping[str, Any], seed: int, choice: Sequence[str]) -> tuple[Option, ...]:
    names = _names(question, seed)
    if question.kind == "true_false":
        return tuple(Option(name, "", str(number) in choice) for number, name in enumerate(names))
    if question.kind not in {"single", "multiple"}:
        return ()
    numbers = {name: number for number, name in enumerate(names)}
    words = [plain(option["text"], option["format"]) for option in texts["options"]]
    return tuple(
        Option(name, words[numbers[name]], str(numbers[name]) in choice, "sound" in texts["options"][numbers[name]])
        for name in shuffled(names, seed)
    )


def _lefts(question: Stored, texts: Mapping[str, Any], seed: int, choice: Sequence[str]) -> tuple[Left, ...]:
    if question.kind != "matching":
        return ()
    names = _names(question, seed)
    chosen = [*choice, *[""] * (len(texts["lefts"]) - len(choice))]
    return tuple(
        Left(
            plain(left["text"], left["format"]),
            tuple(
                Option(name, right, str(number) == mine)
                for number, (name, right) in enumerate(zip(names, texts["rights"], strict=True))
            ),
        )
        for left, mine in zip(texts["lefts"], chosen, strict=True)
    )


def _matches(question: Stored, names: Sequence[str], posted: Sequence[str]) -> list[str] | None:
    lefts = next(iter(question.texts.values()))["lefts"]
    if (posted and len(posted) != len(lefts)) or not {*posted} <= {"", *names}:
        return None
    return [str(names.index(name)) if name else "" for name in posted] if any(posted) else []


def _names(question: Stored, seed: int) -> tuple[str, ...]:
    any_texts = next(iter(question.texts.values()))
    count = {
        "true_false": 2,
        "matching": len(any_texts.get("rights", ())),
    }.get(question.kind, len(any_texts.get("options", ())))
    return option_ids(count, seed, question.code)
