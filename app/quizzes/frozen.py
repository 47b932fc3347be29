"""A question as it is stored with a version: the key apart from the texts that a learner may see. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from app.quizzes.gift.questions import Choice, Matching, Question, Short, TrueFalse, Words
from app.quizzes.rules.grading import Answer, Chosen, Matched, Typed
from app.quizzes.rules.options import option_ids

_ADAPTER: TypeAdapter[Question] = TypeAdapter(Annotated[Question, Field(discriminator="type")])


def key_of(by_locale: Mapping[str, Question]) -> dict[str, Any]:
    """Everything, right answers and feedback included, as JSON values by locale. Never leaves the server."""
    return {locale: _ADAPTER.dump_python(question, mode="json") for locale, question in by_locale.items()}


Sounds = Mapping[int, str]
"""Names of the media files that read a question aloud: 0 for the question, from 1 on for its options as written."""


def texts_of(by_locale: Mapping[str, Question], sounds: Mapping[str, Sounds] | None = None) -> dict[str, Any]:
    """What is read before release, as JSON values by locale: no weight, no feedback, no accepted text or number."""
    return {locale: _shown(question, (sounds or {}).get(locale, {})) for locale, question in by_locale.items()}


def question_from(key: Mapping[str, Any], locale: str, source: str = "en") -> Question:
    """The question in a language, or in the source language where it was not translated."""
    return _ADAPTER.validate_python(key.get(locale) or key[source])


def graded_question(key: dict[str, Any]) -> Question:
    """The question as it is graded. A typed word counts in every language that the question was shown in."""
    source = "en" if "en" in key else min(key)
    question = question_from(key, source, source)
    if not isinstance(question, Short):
        return question
    every = (question_from(key, locale, source) for locale in key)
    return replace(question, options=tuple(option for one in every if isinstance(one, Short) for option in one.options))


def rights_of(question: Matching) -> tuple[str, ...]:
    """The right sides to choose from, in an order that tells nothing and is the same in every language."""
    rights = [*(right for _, right in question.pairs), *question.distractors]
    names = option_ids(len(rights), 0, question.title or "")
    return tuple(rights[number] for number in sorted(range(len(rights)), key=names.__getitem__))


def answer_from(question: Question, choice: Sequence[str]) -> Answer | None:
    """A stored answer: numbers of options, the text typed, or one number of a right side per left side (or empty)."""
    if not choice:
        return None
    if isinstance(question, Choice | TrueFalse):
        return Chosen(frozenset(int(number) for number in choice))
    if isinstance(question, Matching):
        rights = rights_of(question)
        return Matched(tuple(rights[int(number)] if number else None for number in choice))
    return Typed(choice[0])


def _shown(question: Question, sounds: Sounds) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": question.text, "format": question.format.value, **_sound(sounds, 0)}
    if isinstance(question, Choice):
        shown["options"] = [
            _words(option.words, question) | _sound(sounds, number) for number, option in enumerate(question.options, 1)
        ]
    if isinstance(question, Matching):
        shown["lefts"] = [_words(left, question) for left, _ in question.pairs]
        shown["rights"] = list(rights_of(question))
    return shown


def _sound(sounds: Sounds, number: int) -> dict[str, str]:
    return {"sound": sounds[number]} if number in sounds else {}


def _words(words: Words, question: Question) -> dict[str, str]:
    return {"text": words.text, "format": (words.format or question.format).value}
