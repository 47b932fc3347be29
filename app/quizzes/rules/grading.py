"""What answers are worth."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from app.quizzes.gift.questions import (
    Choice,
    Description,
    Essay,
    Matching,
    Number,
    Numeric,
    Option,
    Ordering,
    Question,
    Short,
    TrueFalse,
)
from app.quizzes.gift.tagged import WHOLE
from app.quizzes.rules.readings import fits, numbers_read

RULE_VERSION = 2
"""Stored with every grade; a change of `grade` raises it."""

# Weights in percent are rounded thirds, sixths, sevenths ...; none of Moodle's list needs more than twentieths.
_FINEST = 20
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Numbers of the options chosen, from 0 as in the bank; of true/false 0 is true and 1 is false."""

    options: frozenset[int]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Matched:
    """For each left side the text of the right side chosen, or None."""

    rights: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """For each thing to bring into order, as they are written, the place (from 0) that it was given, or None."""

    places: tuple[int | None, ...]


Answer = Chosen | Typed | Matched | Placed


@dataclass(frozen=True, slots=True)
class Grade:
    """`score` of at most `max` points, one point a question; `share` is in 0..1 and exact."""

    score: Fraction
    max: int
    share: Fraction
    rule_version: int = RULE_VERSION


def grade(
    questions: Mapping[Key, Question], answers: Mapping[Key, Answer], given: Mapping[Key, Fraction] | None = None
) -> Grade:
    """The grade of one attempt. Not answered is 0; texts without answer do not count. `given` are the shares (0..1)
    that a person gave for answers; they stand before what the key says.

    Source: best reaction 2, weak 1, harmful 0 of 2 points, here 1, 1/2 and 0 of one point. Of several options the
    weights are added, wrong ones subtract, never below 0: nobody loses the points of another question. A quiz without
    anything to count has the share 0.
    """
    shares = given or {}
    counted = [key for key, question in questions.items() if not isinstance(question, Description)]
    score = sum((shares.get(key, points(questions[key], answers.get(key))) for key in counted), Fraction(0))
    return Grade(score, len(counted), score / len(counted) if counted else Fraction(0))


def waits_for_a_person(
    questions: Mapping[Key, Question], answers: Mapping[Key, Answer], given: Mapping[Key, Fraction]
) -> set[Key]:
    """The questions whose answers only a person can grade and nobody has yet. Without an answer there is nothing to
    read; a task that nobody has observed yet waits for its trainer.
    """
    unread = {key for key, question in questions.items() if isinstance(question, Essay) and key in answers}
    unseen = {key for key, question in questions.items() if is_observed(question) and key not in answers}
    return (unread | unseen) - given.keys()


def has_open(questions: Iterable[Question]) -> bool:
    """Whether there is anything that a person would have to read."""
    return any(isinstance(question, Essay) for question in questions)


def without_open(questions: Mapping[Key, Question]) -> dict[Key, Question]:
    """What counts where nobody reads open answers: in a practice."""
    return {key: question for key, question in questions.items() if not isinstance(question, Essay)}


def needs_a_person(question: Question) -> bool:
    """Whether its answers are graded by a person."""
    return isinstance(question, Essay) or is_observed(question)


def is_observed(question: Question) -> bool:
    """Whether a trainer ticks what was seen, and the person who is graded answers nothing."""
    return isinstance(question, Choice) and question.type == "observed"


def is_counted(question: Question) -> bool:
    """Whether the question can be graded without a reader."""
    return not isinstance(question, Essay | Description) and not is_observed(question)


def points(question: Question, answer: Answer | None) -> Fraction:
    """Points for one answer, in 0..1. An answer of the wrong kind earns nothing; one that is not wholly right earns
    nothing where the question is tagged so.
    """
    earned = min(max(_earned(question, answer), Fraction(0)), Fraction(1))
    return earned if WHOLE not in question.tags or _is_whole(question, answer, earned) else Fraction(0)


def _is_whole(question: Question, answer: Answer | None, earned: Fraction) -> bool:
    """Of several options exactly the right ones: an option worth nothing would not show in the points."""
    if isinstance(question, Choice) and isinstance(answer, Chosen) and question.type != "single":
        return answer.options == {number for number, option in enumerate(question.options) if option.fraction > 0}
    return earned == 1


def _earned(question: Question, answer: Answer | None) -> Fraction:
    """Points before they are held within 0..1.

    Source for things in order: Moodle's question type `ordering` as it grades when nothing else is said
    (ABSOLUTE_POSITION): every thing in its own place counts its share.
    """
    match question, answer:
        case Choice(), Chosen(options):
            earned = _choice_points(question, options)
        case TrueFalse(), Chosen(options):
            earned = Fraction(options == {0 if question.correct else 1})
        case Short(), Typed(text):
            earned = _best(option for option in question.options if fits(option.words.text, text))
        case Numeric(), Typed(text):
            earned = _number_points(question, text)
        case Matching(), Matched(rights):
            right = sum(chosen == pair[1] for pair, chosen in zip(question.pairs, rights, strict=False))
            earned = Fraction(right, len(question.pairs))
        case Ordering(), Placed(places):
            right = sum(place == wanted for place, wanted in zip(places, question.right_places, strict=False))
            earned = Fraction(right, len(question.items))
        case _:
            earned = Fraction(0)
    return earned


def _choice_points(question: Choice, chosen: frozenset[int]) -> Fraction:
    if question.type == "single" and len(chosen) != 1:
        return Fraction(0)
    return sum((share_of(question.options[n]) for n in chosen if 0 <= n < len(question.options)), Fraction(0))


def _number_points(question: Numeric, text: str) -> Fraction:
    read = numbers_read(text)
    return max(
        (share_of(number) for number in question.numbers for value in read if number.low <= value <= number.high),
        default=Fraction(0),
    )


def _best(options: Iterable[Option]) -> Fraction:
    return max((share_of(option) for option in options), default=Fraction(0))


def share_of(weighted: Option | Number) -> Fraction:
    """The exact share that a weight in percent means: 33.33333 is a third."""
    return (Fraction(weighted.fraction) / 100).limit_denominator(_FINEST)
