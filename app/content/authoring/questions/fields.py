"""A question as the fields of a form, and back. What the fields do not show comes from the question before. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from app.quizzes.gift import (
    Choice,
    Description,
    Essay,
    Format,
    Matching,
    Number,
    Numeric,
    Option,
    Ordering,
    Question,
    Short,
    TrueFalse,
    Words,
)
from app.quizzes.gift.questions import GAP
from app.quizzes.gift.weights import WEIGHTS, nearest

Fields = Mapping[str, Any]
RIGHT, WRONG = "right", "wrong"
"""Worth of an option of several: its share of the whole, or as much less."""
MOST_RIGHT = 10
_SEVERAL = {"multiple", "observed"}
_CHOICES: Mapping[str, Literal["single", "multiple", "observed"]] = {
    "single": "single", "multiple": "multiple", "observed": "observed",
}  # fmt: skip
_DECIMAL = re.compile(r"[-+]?(\d{1,12}([.,]\d{1,12})?|[.,]\d{1,12})")


class Unfit(ValueError):
    """The fields are no question; the argument is the code of what is wrong."""


def fields_of(question: Question) -> dict[str, Any]:
    """What a form shows of a question."""
    data: dict[str, Any] = {
        "title": question.title or "",
        "text": question.text,
        "tags": "\n".join(question.tags),
        "source": question.source or "",
        "review": question.review or "",
        "general": _text(question.general_feedback),
        "alt": question.alt or "",
    }
    match question:
        case Choice() | Short():
            worths = _worths(question)
            data["answers"] = [
                {"text": option.words.text, "worth": worth, "feedback": _text(option.feedback)}
                for option, worth in zip(question.options, worths, strict=True)
            ]
        case Numeric():
            data["numbers"] = [
                {"low": _said(number.low), "high": _said(number.high), "worth": _said(number.fraction),
                 "feedback": _text(number.feedback)}
                for number in question.numbers
            ]  # fmt: skip
            data["wrong"] = _text(question.feedback_wrong)
        case TrueFalse():
            data["correct"] = "true" if question.correct else "false"
            data |= {"wrong": _text(question.feedback_wrong), "right": _text(question.feedback_right)}
        case Matching():
            rows = [*((left.text, right) for left, right in question.pairs), *(("", r) for r in question.distractors)]
            data["pairs"] = [{"left": left, "right": right} for left, right in rows]
        case Ordering():
            data["things"] = [{"text": item.text} for item in question.items]
    return data


def question_of(kind: str, fields: Fields, before: Question | None = None) -> Question:
    """The question that the fields describe. Formats, identifiers and gaps stay as they were before.

    Raises Unfit for what is no question of this kind.
    """
    text_format = before.format if before else Format.PLAIN
    common: dict[str, Any] = {
        "text": fields["text"],
        "title": fields["title"] or None,
        "category": before.category if before else None,
        "format": text_format,
        "general_feedback": _words(fields.get("general"), before.general_feedback if before else None),
        "missing_word": bool(before and before.missing_word and GAP in fields["text"]),
        "id": before.id if before else None,
        "tags": tuple(tag.strip() for tag in (fields.get("tags") or "").split("\n") if tag.strip()),
        "source": fields.get("source") or None,
        "review": fields.get("review") or None,
        "alt": fields.get("alt") or None,
    }
    if not fields["text"]:
        raise Unfit("text")
    match kind:
        case "single" | "multiple" | "observed" | "short":
            return _choosing(kind, fields["answers"], before, common)
        case "numeric":
            old = before if isinstance(before, Numeric) else None
            wrong = _words(fields.get("wrong"), old.feedback_wrong if old else None)
            return Numeric(numbers=tuple(_numbers(fields["numbers"], old)), feedback_wrong=wrong, **common)
        case "true_false":
            truth = before if isinstance(before, TrueFalse) else None
            return TrueFalse(
                correct=fields["correct"] == "true",
                feedback_wrong=_words(fields.get("wrong"), truth.feedback_wrong if truth else None),
                feedback_right=_words(fields.get("right"), truth.feedback_right if truth else None),
                **common,
            )
        case "matching":
            return _matching(fields["pairs"], before, common)
        case "ordering":
            return _ordering(fields["things"], before, common)
        case "essay":
            return Essay(**common)
        case _:
            return Description(**common | {"general_feedback": None})


def _choosing(kind: str, rows: Sequence[Fields], before: Question | None, common: dict[str, Any]) -> Question:
    filled = [(at, row) for at, row in enumerate(rows) if row["text"]]
    if any(row["feedback"] and not row["text"] for row in rows):
        raise Unfit("feedback_alone")
    worths = [_weight(str(row["worth"]), sum(r["worth"] == RIGHT for _at, r in filled)) for _at, row in filled]
    if len(filled) < (1 if kind == "short" else 2):
        raise Unfit("few_answers")
    if (sum(each for each in worths if each > 0) <= 0) if kind in _SEVERAL else (Decimal(100) not in worths):
        raise Unfit("no_right")
    if kind == "single" and all(each == 100 for each in worths):
        raise Unfit("all_right")
    old = before.options if isinstance(before, Choice | Short) else ()
    options = tuple(
        Option(
            Words(row["text"], old[at].words.format if at < len(old) else None),
            worth,
            _words(row["feedback"], old[at].feedback if at < len(old) else None),
        )
        for (at, row), worth in zip(filled, worths, strict=True)
    )
    if kind == "short":
        return Short(options=options, **common)
    return Choice(type=_CHOICES[kind], options=options, **common)


def _ordering(rows: Sequence[Fields], before: Question | None, common: dict[str, Any]) -> Ordering:
    old = before.items if isinstance(before, Ordering) else ()
    items = tuple(
        Words(row["text"], old[at].format if at < len(old) else None) for at, row in enumerate(rows) if row["text"]
    )
    if len(items) < 2:
        raise Unfit("few_things")
    return Ordering(items=items, **common)


def _numbers(rows: Sequence[Fields], before: Numeric | None) -> Iterator[Number]:
    filled = [(at, row) for at, row in enumerate(rows) if row["low"] or row["high"]]
    if any(row["feedback"] and not (row["low"] or row["high"]) for row in rows):
        raise Unfit("feedback_alone")
    if not filled:
        raise Unfit("few_answers")
    if not any(_weight(str(row["worth"]), 0) == 100 for _at, row in filled):
        raise Unfit("no_right")
    for at, row in filled:
        low, high = _decimal(row["low"] or row["high"]), _decimal(row["high"] or row["low"])
        if low > high:
            raise Unfit("range")
        old = before.numbers[at] if before and at < len(before.numbers) else None
        value = low if low == high else None
        if old and (old.low, old.high) == (low, high):
            value = old.value
        feedback = _words(row["feedback"], old.feedback if old else None)
        yield Number(low, high, _weight(str(row["worth"]), 0), value, feedback)


def _matching(rows: Sequence[Fields], before: Question | None, common: dict[str, Any]) -> Matching:
    if any(row["left"] and not row["right"] for row in rows):
        raise Unfit("no_partner")
    if any("->" in row["left"] for row in rows):
        raise Unfit("arrow")
    old = before.pairs if isinstance(before, Matching) else ()
    pairs = tuple(
        (Words(row["left"], old[at][0].format if at < len(old) else None), row["right"])
        for at, row in enumerate(rows)
        if row["left"]
    )
    if len(pairs) < 2:
        raise Unfit("few_pairs")
    distractors = tuple(row["right"] for row in rows if row["right"] and not row["left"])
    return Matching(pairs=pairs, distractors=distractors, **common)


def _worths(question: Choice | Short) -> list[str]:
    """Of several: right and wrong where the weights are the usual shares, else the percentages."""
    weights = [option.fraction for option in question.options]
    rights = sum(weight > 0 for weight in weights)
    share = _share(rights)
    if question.type not in _SEVERAL or not share or any(weight > 0 and weight != share for weight in weights):
        return [_said(weight) for weight in weights]
    names = {share: RIGHT, -share: WRONG}
    return [names.get(weight, _said(weight)) for weight in weights]


def _share(rights: int) -> Decimal | None:
    return nearest(f"{100 / rights:.5f}") if 1 <= rights <= MOST_RIGHT else None


def _weight(worth: str, rights: int) -> Decimal:
    """The percentage of a worth when so many options are right."""
    if worth in {RIGHT, WRONG}:
        share = _share(rights)
        if share is None:
            raise Unfit("many_right" if rights else "no_right")
        return share if worth == RIGHT else -share
    weight = nearest(worth)
    if weight not in WEIGHTS:
        raise Unfit("worth")
    return weight


def _decimal(written: str) -> Decimal:
    if not _DECIMAL.fullmatch(written):
        raise Unfit("number")
    return Decimal(written.replace(",", "."))


def _said(number: Decimal) -> str:
    """Without zeros that say nothing."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _text(words: Words | None) -> str:
    return words.text if words else ""


def _words(text: str | None, before: Words | None) -> Words | None:
    return Words(text, before.format if before else None) if text else None
