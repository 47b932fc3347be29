"""Storing the questions of a quiz unit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from app.platform.db import db, insert
from app.quizzes import models
from app.quizzes.frozen import Media, key_of, texts_of
from app.quizzes.gift import Choice, Matching, Ordering, Question
from app.quizzes.gift.tagged import areas_of
from app.quizzes.rules.drawing import form_named

NewBank = tuple[Mapping[str, Sequence[Question]], Mapping[str, Mapping[str, Media]], Collection[str]]
"""Questions and media by language, and the parts of a blueprint."""


def publish_bank(
    unit_id: int,
    questions_by_locale: Mapping[str, Sequence[Question]],
    media: Mapping[str, Mapping[str, Media]] | None = None,
    parts: Collection[str] = (),
) -> None:
    """Store the questions of a quiz unit, the key apart from the texts. What is stored already stays as it is.

    Question n is the same in every language; `media` are those of a language by the title of the question. A tag that
    is one of `parts` of the blueprint says to which the question belongs, a tag `form-2` to which parallel form.
    Raises ValueError when the languages do not hold the same questions.
    """
    for row in rows_of(questions_by_locale, media, parts):
        new = insert(models.Question).values(unit_id=unit_id, **row)
        db.session.execute(new.on_conflict_do_nothing(index_elements=["unit_id", "position"]))


def rows_of(
    questions_by_locale: Mapping[str, Sequence[Question]],
    media: Mapping[str, Mapping[str, Media]] | None = None,
    parts: Collection[str] = (),
) -> Iterator[dict[str, Any]]:
    """What is stored of each question. Raises ValueError when the languages do not hold the same questions."""
    for position, by_locale in enumerate(list(_rows(questions_by_locale)), 1):
        title = next(iter(by_locale.values())).title or ""
        beside = {locale: by_title.get(title, Media()) for locale, by_title in (media or {}).items()}
        yield {
            "position": position,
            "code": title or f"#{position}",
            "kind": next(iter(by_locale.values())).type,
            "key": key_of(by_locale),
            "texts": texts_of(by_locale, beside, areas_of(_source(by_locale))),
            "part": next((tag for tag in _tags(by_locale) if tag in parts), None),
            "form": next((form for tag in _tags(by_locale) if (form := form_named(tag)) is not None), None),
        }


def _tags(by_locale: Mapping[str, Question]) -> tuple[str, ...]:
    """The tags as the source language has them; a translation changes nothing but words."""
    return _source(by_locale).tags


def _source(by_locale: Mapping[str, Question]) -> Question:
    return by_locale.get("en") or next(iter(by_locale.values()))


def _rows(banks: Mapping[str, Sequence[Question]]) -> Iterator[dict[str, Question]]:
    if len({len(questions) for questions in banks.values()}) > 1:
        raise ValueError("the languages of a quiz must hold the same number of questions")
    for same in zip(*banks.values(), strict=True):
        if len({_shape(question) for question in same}) > 1:
            raise ValueError(f"{same[0].title} is not the same question in every language")
        yield dict(zip(banks, same, strict=True))


def _shape(question: Question) -> tuple[object, ...]:
    """Answers are stored as numbers of options, so these must mean the same in every language."""
    if isinstance(question, Choice):
        return question.title, question.type, tuple(option.fraction for option in question.options)
    if isinstance(question, Matching):
        return question.title, question.type, len(question.pairs), len(question.distractors)
    if isinstance(question, Ordering):
        return question.title, question.type, len(question.items)
    return question.title, question.type
