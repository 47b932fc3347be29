"""A question as it is stored with a version: the key apart from the texts that a learner may see. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from app.quizzes.gift.questions import Choice, Matching, Ordering, Question, Short, TrueFalse, Words
from app.quizzes.rules.grading import Answer, Chosen, Matched, Placed, Typed, is_observed
from app.quizzes.rules.options import option_ids

_ADAPTER: TypeAdapter[Question] = TypeAdapter(Annotated[Question, Field(discriminator="type")])


def key_of(by_locale: Mapping[str, Question]) -> dict[str, Any]:
    """Everything, right answers and feedback included, as JSON values by locale. Never leaves the server."""
    return {locale: _ADAPTER.dump_python(question, mode="json") for locale, question in by_locale.items()}


Sounds = Mapping[int, str]
"""Names of the media files that read a question aloud: 0 for the question, from 1 on for its options as written."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture: the name of its media file, and how large it is in its own pixels."""

    file: str
    width: int
    height: int


Pictures = Mapping[int, Drawn]
"""The pictures of a question: 0 for the question, from 1 on for its options as written."""


@dataclass(frozen=True, slots=True)
class Media:
    """What belongs to a question in one language beside its words."""

    sounds: Sounds = field(default_factory=dict)
    pictures: Pictures = field(default_factory=dict)


def texts_of(
    by_locale: Mapping[str, Question], media: Mapping[str, Media] | None = None, areas: Sequence[int] = ()
) -> dict[str, Any]:
    """What is read before release, as JSON values by locale: no weight, no feedback, no accepted text or number.

    `areas` are the numbers in the picture that the options name.
    """
    beside = media or {}
    return {locale: _shown(question, beside.get(locale, Media()), areas) for locale, question in by_locale.items()}


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
    return tuple(rights[number] for number in _stirred(len(rights), question))


def stirred(question: Ordering) -> tuple[int, ...]:
    """The numbers of the things (from 0, in the right order) as they are kept for a page: in an order that tells
    nothing and is the same in every language.
    """
    return _stirred(len(question.items), question)


def _stirred(count: int, question: Question) -> tuple[int, ...]:
    names = option_ids(count, 0, question.title or "")
    return tuple(sorted(range(count), key=names.__getitem__))


def answer_from(question: Question, choice: Sequence[str]) -> Answer | None:
    """A stored answer: numbers of options, the text typed, one number of a right side per left side (or empty), or the
    place (from 0, or empty) of each thing in the order in which they are kept. Of an observed task nothing may be
    ticked.
    """
    if is_observed(question):
        return Chosen(frozenset(int(number) for number in choice))
    if not choice:
        return None
    if isinstance(question, Ordering):
        given = dict(zip(stirred(question), choice, strict=False))
        return Placed(tuple(int(place) if (place := given.get(at, "")) else None for at in range(len(question.items))))
    if isinstance(question, Choice | TrueFalse):
        return Chosen(frozenset(int(number) for number in choice))
    if isinstance(question, Matching):
        rights = rights_of(question)
        return Matched(tuple(rights[int(number)] if number else None for number in choice))
    return Typed(choice[0])


def _shown(question: Question, media: Media, areas: Sequence[int]) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": question.text, "format": question.format.value, **_part(media, 0)}
    if "picture" in shown and question.alt:
        shown["picture"]["alt"] = question.alt
    if question.missing_word:
        shown["gap"] = True
    if isinstance(question, Choice):
        shown["options"] = [
            _words(option.words, question) | _part(media, number) for number, option in enumerate(question.options, 1)
        ]
        for option, area in zip(shown["options"], areas, strict=False):
            option["area"] = area
    if isinstance(question, Matching):
        shown["lefts"] = [_words(left, question) for left, _ in question.pairs]
        shown["rights"] = list(rights_of(question))
    if isinstance(question, Ordering):
        shown["items"] = [_words(question.items[number], question) for number in stirred(question)]
    return shown


def _part(media: Media, number: int) -> dict[str, Any]:
    part: dict[str, Any] = {"sound": media.sounds[number]} if number in media.sounds else {}
    return part | ({"picture": asdict(media.pictures[number])} if number in media.pictures else {})


def _words(words: Words, question: Question) -> dict[str, str]:
    return {"text": words.text, "format": (words.format or question.format).value}
