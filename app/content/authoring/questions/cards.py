"""A question as its author looks at it: what a learner sees, and what each answer is worth. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.content.authoring.questions.banks import Entry
from app.quizzes.gift import Choice, Format, Matching, Numeric, Ordering, Question, Short, TrueFalse, Words
from app.quizzes.shown import plain

BEST, WEAK, HARMFUL = "best", "weak", "harmful"
"""Of one best answer: full points, some, none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Something to choose or to type. `worth` is a word of ours, or `right` and `wrong`; `percent` where it is neither
    all nor nothing."""

    text: str
    worth: str
    percent: str = ""
    feedback: str = ""
    partner: str = ""
    """The right side of a pair."""


@dataclass(frozen=True, slots=True)
class Card:
    """A question. `kind` is empty and `lines` are what stands there when it cannot be read."""

    number: int
    line: int
    kind: str = ""
    title: str = ""
    paragraphs: Sequence[str] = ()
    answers: Sequence[Answer] = ()
    rights: Sequence[str] = ()
    """What a matching question offers to choose from."""
    spares: Sequence[str] = ()
    """Right sides that belong to none."""
    alt: str = ""
    """What its picture shows."""
    general: str = ""
    tags: Sequence[str] = ()
    source: str = ""
    review: str = ""
    lines: str = ""


def cards(entries: Sequence[Entry]) -> list[Card]:
    """The questions of a bank in order, those that cannot be read too."""
    return [
        card(entry.question, number, entry.first)
        if entry.question
        else Card(number, entry.first, lines="\n".join(entry.lines))
        for number, entry in enumerate(entries, 1)
    ]


def card(question: Question, number: int, line: int = 1) -> Card:
    """One question. `line` is where it begins."""
    text = plain(question.text, question.format)
    matching = question if isinstance(question, Matching) else None
    rights = sorted({*(right for _left, right in matching.pairs), *matching.distractors}) if matching else []
    return Card(
        number=number,
        line=line,
        kind=question.type,
        title=question.title or "",
        paragraphs=[part for part in text.splitlines() if part.strip()],
        answers=_answers(question),
        rights=rights,
        spares=matching.distractors if matching else (),
        alt=question.alt or "",
        general=_said(question.general_feedback, question.format),
        tags=question.tags,
        source=question.source or "",
        review=question.review or "",
    )


def _answers(question: Question) -> list[Answer]:
    match question:
        case Choice() | Short():
            return [
                Answer(
                    _said(option.words, question.format),
                    _worth(question.type, option.fraction),
                    _percent(option.fraction),
                    _said(option.feedback, question.format),
                )
                for option in question.options
            ]
        case TrueFalse():
            right, wrong = question.feedback_right, question.feedback_wrong
            return [
                Answer(
                    "true" if truth else "false",
                    "right" if truth == question.correct else "wrong",
                    "",
                    _said(right if truth == question.correct else wrong, question.format),
                )
                for truth in (True, False)
            ]
        case Numeric():
            return [
                Answer(
                    f"{number.low:f}" if number.low == number.high else f"{number.low:f} – {number.high:f}",
                    _worth("numeric", number.fraction),
                    _percent(number.fraction),
                    _said(number.feedback, question.format),
                )
                for number in question.numbers
            ]
        case Ordering():
            return [Answer(_said(item, question.format), "right") for item in question.items]
        case Matching():
            return [Answer(_said(left, question.format), "right", partner=right) for left, right in question.pairs]
        case _:
            return []


def _worth(kind: str, fraction: Decimal) -> str:
    if kind == "single":
        return BEST if fraction == 100 else WEAK if fraction > 0 else HARMFUL
    return "right" if fraction > 0 else "wrong"


def _percent(fraction: Decimal) -> str:
    return "" if fraction in {Decimal(100), Decimal(0)} else f"{fraction.normalize():f}"


def _said(words: Words | None, usual: Format) -> str:
    return plain(words.text, words.format or usual) if words else ""
