"""A question in another language: the words are new, everything else is that of the source. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from app.content.authoring.questions.banks import Entry, added, entries, replaced
from app.content.authoring.questions.fields import Fields, Unfit, fields_of, question_of
from app.quizzes.gift import Choice, Matching, Numeric, Ordering, Question, TrueFalse


class PairState(StrEnum):
    """How far the translation of one question is."""

    THERE = "there"
    MISSING = "missing"
    UNLIKE = "unlike"
    """Its kind, its options or their weights are not those of the source."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question of the source beside its translation; `number` and `at` say where they stand in their banks."""

    number: int
    source: Question
    target: Question | None
    at: int | None

    @property
    def state(self) -> PairState:
        """What is left to do."""
        if self.target is None:
            return PairState.MISSING
        return PairState.THERE if is_like(self.source, self.target) else PairState.UNLIKE


def pairs(source: Sequence[Entry], target: Sequence[Entry]) -> tuple[Pair, ...]:
    """The readable questions of the source, each with the question of the same title; without titles by their place."""
    by_title = {entry.title: (at, entry.question) for at, entry in reversed([*enumerate(target, 1)]) if entry.title}
    found = []
    for number, entry in enumerate(source, 1):
        if entry.question is None:
            continue
        at, question = by_title.get(entry.title, (None, None)) if entry.title else _untitled(target, number)
        found.append(Pair(number, entry.question, question, at))
    return tuple(found)


def strangers(source: Sequence[Entry], target: Sequence[Entry]) -> tuple[int, ...]:
    """Where the target has questions that the source does not have, from 1."""
    titles = {entry.title for entry in source}
    return tuple(at for at, entry in enumerate(target, 1) if entry.title not in titles)


def is_like(source: Question, target: Question) -> bool:
    """Whether a translation asks the same as its source: kind, number of options, weights, numbers."""
    if source.type != target.type or source.title != target.title:
        return False
    match source, target:
        case Choice(), Choice():
            return [option.fraction for option in source.options] == [option.fraction for option in target.options]
        case Numeric(), Numeric():
            return [replace(each, feedback=None, value=None) for each in source.numbers] == [
                replace(each, feedback=None, value=None) for each in target.numbers
            ]
        case TrueFalse(), TrueFalse():
            return source.correct == target.correct
        case Matching(), Matching():
            return len(source.pairs) == len(target.pairs) and len(source.distractors) == len(target.distractors)
        case Ordering(), Ordering():
            return len(source.items) == len(target.items)
        case _:
            return True


def target_fields(pair: Pair) -> dict[str, Any]:
    """What a form shows of the translation, in the rows of the source; empty words where there is none yet."""
    shown = fields_of(pair.source)
    target = fields_of(pair.target) if pair.target and is_like(pair.source, pair.target) else {}
    empty = {name: "" if isinstance(value, str) else [_empty(row) for row in value] for name, value in shown.items()}
    text = {"text": pair.target.text} if pair.target else {}
    return empty | text | target | {"title": shown["title"], "correct": shown.get("correct", "")}


def translated(pair: Pair, fields: Fields) -> Question:
    """The question in the words of the fields. Raises Unfit when a text that the source has is left out."""
    source = fields_of(pair.source)
    is_same_build = pair.target is not None and is_like(pair.source, pair.target)
    words = {name: fields.get(name, "") for name in ("text", "general", "wrong", "right", "alt")}
    if source["alt"] and not words["alt"]:
        raise Unfit("untranslated")
    merged: dict[str, Any] = {**source, **words}
    for name, kept in (("answers", "worth"), ("numbers", None), ("pairs", None), ("things", None)):
        if name in source:
            merged[name] = _rows(source[name], fields.get(name) or [], kept, pair.source.type)
    question = question_of(pair.source.type, merged, pair.target if is_same_build else pair.source)
    notes = pair.target if is_same_build and pair.target else None
    return replace(
        question,
        title=pair.source.title,
        tags=notes.tags if notes else (),
        source=notes.source if notes else None,
        review=notes.review if notes else None,
        id=notes.id if notes else None,
    )


def put(text: str, source: Sequence[Entry], pair: Pair, block: str) -> str:
    """The bank of the target with the translation in its place: where it was, else after what comes before it."""
    if pair.at is not None:
        return replaced(text, pair.at, block)
    target = entries(text)
    earlier = [entry.title for entry in source[: pair.number - 1]]
    after = max((at for at, entry in enumerate(target, 1) if entry.title in earlier and entry.title), default=0)
    return added(text, block, after)


def _untitled(target: Sequence[Entry], number: int) -> tuple[int | None, Question | None]:
    there = target[number - 1].question if number <= len(target) else None
    return (number, there) if there and there.title is None else (None, None)


def _rows(source: Sequence[Fields], typed: Sequence[Fields], kept: str | None, kind: str) -> list[dict[str, Any]]:
    """The rows of the source with other words. Accepted short texts are words, so there may be more or fewer."""
    if kind == "short":
        return [{**row, "worth": row.get("worth") or "100"} for row in typed]
    rows = []
    for at, row in enumerate(source):
        said = typed[at] if at < len(typed) else {}
        words = {name: said.get(name, "") for name in row if name in {"text", "feedback", "left", "right"}}
        if not row.get("left", "left"):  # a right side that belongs to none
            words["left"] = ""
        if any(row[name] and not words[name] for name in words if name != "feedback"):
            raise Unfit("untranslated")
        rows.append({**row, **words, **({kept: row[kept]} if kept else {})})
    return rows


def _empty(row: Fields) -> dict[str, Any]:
    return {name: value if name in {"worth", "low", "high"} else "" for name, value in row.items()}
