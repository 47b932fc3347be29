"""A question as GIFT knows it: frozen values, one class per kind. The names are those of Moodle's GIFT format."""

from dataclasses import dataclass, field
from decimal import Context, Decimal
from enum import StrEnum
from typing import Literal

GAP = "_____"
"""Stands in the text of a question where the word is missing."""

EXACT = Context(prec=400)
"""Bounds have up to 30 digits on each side and two of exponent; nothing may be rounded."""


class Format(StrEnum):
    """How a text is written. Markup is kept as text here and cleaned when it is shown."""

    MOODLE = "moodle"
    HTML = "html"
    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text inside a question; without a format of its own it has the format of the question."""

    text: str
    format: Format | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, or one accepted short text. `fraction` is in percent and may be negative."""

    words: Words
    fraction: Decimal
    feedback: Words | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """One accepted number: from `low` to `high`, both included. `value` is None when it was written as a range."""

    low: Decimal
    high: Decimal
    fraction: Decimal
    value: Decimal | None = None
    feedback: Words | None = None

    @property
    def tolerance(self) -> Decimal:
        """Half the width."""
        return EXACT.divide(EXACT.subtract(self.high, self.low), Decimal(2))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionBase:
    """What every kind has. `line` (from 1) does not count when questions are compared."""

    text: str
    line: int = field(default=0, compare=False)
    title: str | None = None
    category: str | None = None
    format: Format = Format.MOODLE
    general_feedback: Words | None = None
    missing_word: bool = False
    id: str | None = None
    tags: tuple[str, ...] = ()
    source: str | None = None
    review: str | None = None
    alt: str | None = None
    """What its picture shows, for whoever does not see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(QuestionBase):
    """One option (single) or several (multiple) are chosen; of an observed task a trainer ticks what was seen."""

    type: Literal["single", "multiple", "observed"]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Short(QuestionBase):
    """A word is typed; `*` in an accepted text stands for anything."""

    type: Literal["short"] = "short"
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(QuestionBase):
    """A number is typed."""

    type: Literal["numeric"] = "numeric"
    numbers: tuple[Number, ...]
    feedback_wrong: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(QuestionBase):
    """True or false."""

    type: Literal["true_false"] = "true_false"
    correct: bool
    feedback_wrong: Words | None = None
    feedback_right: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(QuestionBase):
    """Each left side gets one right side; distractors are right sides that belong to none."""

    type: Literal["matching"] = "matching"
    pairs: tuple[tuple[Words, str], ...]
    distractors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(QuestionBase):
    """Things to bring into order; they are written in the right one."""

    type: Literal["ordering"] = "ordering"
    items: tuple[Words, ...]
    places: tuple[int, ...] = ()
    """Of each thing its right place (from 0), where it is another than the one in which it is written."""

    @property
    def right_places(self) -> tuple[int, ...]:
        """Of each thing, as written, the place (from 0) that is right."""
        return self.places or tuple(range(len(self.items)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Essay(QuestionBase):
    """Free text that a person reads."""

    type: Literal["essay"] = "essay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Description(QuestionBase):
    """Text without an answer, shown between questions."""

    type: Literal["description"] = "description"


Question = Choice | Short | Numeric | TrueFalse | Matching | Ordering | Essay | Description
