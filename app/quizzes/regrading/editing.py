"""Another key of a question: the same question with something else right, in every language. Pure.

An explanation of an option whose worth changes is left out: it was written for the other key.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from app.quizzes.frozen import key_of, question_from
from app.quizzes.gift.questions import (
    EXACT,
    Choice,
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

Key = Mapping[str, Any]
Kind = TypeVar("Kind", bound=Question)


def weighted(key: Key, fractions: Sequence[Decimal]) -> dict[str, Any]:
    """Options, each worth so many percent."""

    def change(question: Choice, _locale: str) -> Choice:
        pairs = zip(question.options, fractions, strict=True)
        return replace(question, options=tuple(_worth(option, fraction) for option, fraction in pairs))

    return _each(key, Choice, change)


def answered(key: Key, *, correct: bool) -> dict[str, Any]:
    """True or false."""

    def change(question: TrueFalse, _locale: str) -> TrueFalse:
        if question.correct == correct:
            return question
        return replace(question, correct=correct, feedback_right=None, feedback_wrong=None)

    return _each(key, TrueFalse, change)


def accepting(key: Key, texts: Mapping[str, Sequence[tuple[str, Decimal]]]) -> dict[str, Any]:
    """By language, the accepted texts and what each is worth in percent."""

    def change(question: Short, locale: str) -> Short:
        known = {option.words.text: option for option in question.options}
        fresh = ((known.get(text, Option(Words(text), worth)), worth) for text, worth in texts[locale])
        return replace(question, options=tuple(_worth(option, worth) for option, worth in fresh))

    return _each(key, Short, change)


def numbered(key: Key, numbers: Sequence[tuple[Decimal, Decimal, Decimal]]) -> dict[str, Any]:
    """Accepted numbers: the value, how far off it may be, and what it is worth in percent."""
    made = tuple(
        Number(EXACT.subtract(value, off), EXACT.add(value, off), worth, value) for value, off, worth in numbers
    )
    return _each(key, Numeric, lambda question, _locale: replace(question, numbers=made))


def paired(published: Key, rights: Sequence[int]) -> dict[str, Any]:
    """For each left side the number of the right side that belongs to it, of those that were published."""

    def change(question: Matching, _locale: str) -> Matching:
        every = every_right(question)
        pairs = zip(question.pairs, rights, strict=True)
        unused = tuple(text for number, text in enumerate(every) if number not in rights)
        return replace(
            question, pairs=tuple((left, every[number]) for (left, _), number in pairs), distractors=unused
        )

    return _each(published, Matching, change)


def ordered(key: Key, places: Sequence[int]) -> dict[str, Any]:
    """Things to bring into order: for each, as they are written, the place (from 0) that is right."""
    moved = () if [*places] == sorted(places) else tuple(places)
    return _each(key, Ordering, lambda question, _locale: replace(question, places=moved))


def every_right(question: Matching) -> tuple[str, ...]:
    """The right sides as they were written: those of the pairs, then those that belong to none."""
    return (*(right for _, right in question.pairs), *question.distractors)


def _worth(option: Option, fraction: Decimal) -> Option:
    return option if option.fraction == fraction else replace(option, fraction=fraction, feedback=None)


def _each(key: Key, kind: type[Kind], change: Callable[[Kind, str], Kind]) -> dict[str, Any]:
    changed: dict[str, Question] = {}
    for locale in key:
        question = question_from(key, locale, locale)
        assert isinstance(question, kind), "a form is made for the kind of its question"
        changed[locale] = change(question, locale)
    return key_of(changed)
