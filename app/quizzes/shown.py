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
TYPED = frozenset({"short", "numeric", "essay"})
NOT_ANSWERED = frozenset({"description", "observed"})
"""Kinds that whoever takes the quiz has nothing to answer to."""
GRADED_BY_A_PERSON = frozenset({"essay", "observed"})


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
class Picture:
    """How large a picture is (in its own pixels) and what it shows; of an option its text says that."""

    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose; `text` is empty for true and false, which the page words itself."""

    name: str
    text: str
    is_chosen: bool
    has_sound: bool = False
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A left side of a matching question and the right sides to choose from."""

    text: str
    rights: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to bring into order, and the place (from 1) that it was given."""

    text: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as one page shows it."""

    question_id: int
    number: int
    kind: str
    language: str
    paragraphs: tuple[str, ...]
    options: tuple[Option, ...]
    criteria: tuple[Option, ...]
    """What a trainer looks for; never whether it was seen."""
    lefts: tuple[Left, ...]
    things: tuple[Thing, ...]
    typed: str
    revision: int
    has_sound: bool
    picture: Picture | None
    gap: bool
    """Whether the answer belongs into the text, where it has its gap."""


def reading_language(texts: Mapping[str, Any], wanted: Iterable[str | None]) -> str:
    """The first wanted language in which the question exists, else English, else any."""
    return next(code for code in (*wanted, FALLBACK, *texts) if code is not None and code in texts)


def shown(question: Stored, seed: int, wanted: Iterable[str | None], *, mixed: bool = True) -> Shown:
    """The question in a language that the reader wants, its options in the order of this attempt; as they were written
    when they are not `mixed`.
    """
    language = reading_language(question.texts, wanted)
    texts = question.texts[language]
    choice = question.choice or ()
    options = _options(question, texts, seed, choice, mixed=mixed)
    return Shown(
        question_id=question.question_id,
        number=question.number,
        kind=question.kind,
        language=language,
        paragraphs=tuple(line for line in plain(texts["text"], texts["format"]).splitlines() if line.strip()),
        options=options if question.kind != "observed" else (),
        criteria=options if question.kind == "observed" else (),
        lefts=_lefts(question, texts, seed, choice),
        things=_things(question, texts, seed, choice),
        typed=choice[0] if choice and question.kind in TYPED else "",
        revision=question.revision,
        has_sound="sound" in texts,
        picture=_picture(texts),
        gap="gap" in texts and _fits_into_text(question.kind, options),
    )


def sound(question: Stored, seed: int, language: str, option: str = "") -> str | None:
    """The name of the media file that reads the question aloud, or one of its options by the name it has here."""
    file: str | None = _part(question, seed, language, option).get("sound")
    return file


def picture(question: Stored, seed: int, language: str, option: str = "") -> str | None:
    """The name of the media file with the picture of the question, or of one of its options by the name it has here."""
    file: str | None = _part(question, seed, language, option).get("picture", {}).get("file")
    return file


def choice_of(question: Stored, seed: int, posted: Sequence[str]) -> list[str] | None:
    """The answer to store for what was posted; empty where nothing was chosen, None where it is no answer to this."""
    if question.kind in NOT_ANSWERED:
        return None if any(posted) else []
    if question.kind in TYPED:
        text = posted[0].strip() if posted else ""
        return None if len(posted) > 1 or len(text) > LONGEST_TEXT else [text] if text else []
    names = _names(question, seed)
    if question.kind == "matching":
        return _matches(question, names, posted)
    if question.kind == "ordering":
        return _places(question, seed, posted)
    numbers = chosen_numbers([name for name in posted if name], names)
    if numbers is None or (question.kind != "multiple" and len(numbers) > 1):
        return None
    return [str(number) for number in sorted(numbers)]


def plain(text: str, written: str) -> str:
    """Text without markup: pages show words, never foreign tags."""
    return html.unescape(nh3.clean(text, tags=set())) if written == Format.HTML else text


def _part(question: Stored, seed: int, language: str, option: str) -> Mapping[str, Any]:
    """What is kept of the question, or of one of its options by the name it has here."""
    texts = question.texts.get(language, {})
    named = {"": texts} | dict(zip(_names(question, seed), texts.get("options", ()), strict=False))
    part: Mapping[str, Any] = named.get(option, {})
    return part


def _picture(part: Mapping[str, Any]) -> Picture | None:
    kept = part.get("picture")
    return Picture(kept["width"], kept["height"], kept.get("alt", "")) if kept else None


def _fits_into_text(kind: str, options: Sequence[Option]) -> bool:
    """What is typed, or chosen from words alone."""
    is_worded = kind == "single" and not any(option.has_sound or option.picture for option in options)
    return kind in {"short", "numeric"} or is_worded


def _options(
    question: Stored, texts: Mapping[str, Any], seed: int, choice: Sequence[str], *, mixed: bool
) -> tuple[Option, ...]:
    names = _names(question, seed)
    if question.kind == "true_false":
        return tuple(Option(name, "", str(number) in choice) for number, name in enumerate(names))
    if question.kind not in {"single", "multiple", "observed"}:
        return ()
    is_asked = question.kind != "observed"
    found = {
        name: Option(
            name, plain(part["text"], part["format"]), is_asked and str(number) in choice, "sound" in part,
            _picture(part),
        )
        for number, (name, part) in enumerate(zip(names, texts["options"], strict=True))
    }  # fmt: skip
    areas = {name: part["area"] for name, part in zip(names, texts["options"], strict=True) if "area" in part}
    if len(areas) == len(names):
        return tuple(found[name] for name in sorted(names, key=areas.__getitem__))
    return tuple(found[name] for name in (shuffled(names, seed) if mixed and is_asked else names))


def _things(question: Stored, texts: Mapping[str, Any], seed: int, choice: Sequence[str]) -> tuple[Thing, ...]:
    if question.kind != "ordering":
        return ()
    parts, places = texts["items"], [*choice, *[""] * (len(texts["items"]) - len(choice))]
    return tuple(
        Thing(plain(parts[at]["text"], parts[at]["format"]), int(places[at]) + 1 if places[at] else None)
        for at in _mixed(question, seed)
    )


def _mixed(question: Stored, seed: int) -> list[int]:
    """The numbers of the things to bring into order, in the order of this attempt."""
    names = _names(question, seed)
    return [names.index(name) for name in shuffled(names, seed)]


def _places(question: Stored, seed: int, posted: Sequence[str]) -> list[str] | None:
    """The place (from 0) of each thing as it is kept, of places (from 1) in the order of this attempt."""
    order = _mixed(question, seed)
    known = {str(place): str(place - 1) for place in range(1, len(order) + 1)} | {"": ""}
    if (posted and len(posted) != len(order)) or not {*posted} <= known.keys():
        return None
    given = dict(zip(order, posted, strict=False))
    return [known[given[at]] for at in range(len(order))] if any(posted) else []


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
        "ordering": len(any_texts.get("items", ())),
    }.get(question.kind, len(any_texts.get("options", ())))
    return option_ids(count, seed, question.code)
