"""After release: what was answered, what is right and why. Reads the key, so it must not run any earlier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from app.platform.db import db
from app.platform.i18n import _
from app.platform.i18n.formats import format_number
from app.quizzes import models, queries
from app.quizzes.booklets.queries import read_now
from app.quizzes.frozen import answer_from, graded_question, question_from
from app.quizzes.gift import Choice, Matching, Numeric, Ordering, Question, Short, TrueFalse, Words
from app.quizzes.grading import graded_by_hand
from app.quizzes.queries import Sitting
from app.quizzes.queries.keys import standing_keys
from app.quizzes.rules import HANDED_IN, Matched, Placed, Release, is_observed, points
from app.quizzes.rules.limits import GRACE
from app.quizzes.shown import plain, reading_language

_JUDGED = {100: "best", 50: "weak", 0: "harmful"}


@dataclass(frozen=True, slots=True)
class Explained:
    """One question with the own answer, the right one and the reason."""

    number: int
    language: str
    text: str
    given: tuple[str, ...]
    right: tuple[str, ...]
    reasons: tuple[str, ...]
    is_right: bool
    was_watched: bool = False
    worth: str = ""
    """Of a judgement: `best`, `weak` or `harmful`."""
    share: Fraction | None = None
    """Of the points, where it is neither all nor nothing and no judgement; what a person gave, or the key."""


def is_released(sitting: Sitting, at: datetime) -> bool:
    """Whether the reasons may be shown: as the rules of the quiz say; usually when nobody can answer any more."""
    if sitting.state not in HANDED_IN:
        return False
    match sitting.policy.release:
        case Release.AT_ONCE:
            return True
        case Release.NEVER:
            return False
        case Release.AFTER_CLOSING:
            closes_at = queries.closes_at(sitting.training_id, sitting.unit_id)
            is_over = closes_at is not None and at > closes_at + GRACE
            return is_over and read_now(sitting.training_id, sitting.unit_id) is None


def explained(sitting: Sitting, wanted: Sequence[str | None]) -> list[Explained]:
    """Every question of a released attempt in a language that the reader wants."""
    return explained_answers(sitting.attempt_id, sitting.question_ids, wanted)


def explained_answers(attempt_id: int, question_ids: Sequence[int], wanted: Sequence[str | None]) -> list[Explained]:
    """The same of any attempt, for whoever may read its answers."""
    keys = standing_keys(question_ids)
    rows = db.session.execute(
        sa.select(models.Answer.question_id, models.Answer.choice).where(models.Answer.attempt_id == attempt_id)
    )
    given = {row.question_id: row.choice for row in rows}
    by_hand = graded_by_hand(attempt_id)
    return [
        explain(
            number, keys.right[question_id], given.get(question_id, []), wanted, keys.read_by.get(question_id),
            by_hand.get(question_id),
        )
        for number, question_id in enumerate(question_ids, 1)
        if question_id in keys.right
    ]  # fmt: skip


def given_words(
    key: dict[str, object], choice: Sequence[str], wanted: Iterable[str | None]
) -> tuple[str, tuple[str, ...]]:
    """What somebody answered in words, and their language."""
    language = reading_language(key, wanted)
    return language, _given(question_from(key, language, language), choice)


def explain(
    number: int,
    key: dict[str, Any],
    choice: Sequence[str],
    wanted: Iterable[str | None],
    read_by: dict[str, Any] | None = None,
    by_hand: tuple[Fraction, str] | None = None,
) -> Explained:
    """One question with an answer. `read_by` is the key that the choice is read by, where it is another one; `by_hand`
    the share (0..1) that a person gave for the answer, and what was said to it.
    """
    language = reading_language(key, wanted)
    question = question_from(key, language, language)
    answer = answer_from(graded_question(read_by or key), choice)
    share = by_hand[0] if by_hand else points(graded_question(key), answer)
    worth = _worth(question, choice)
    comment = (by_hand[1],) if by_hand and by_hand[1] else ()
    return Explained(
        number=number,
        language=language,
        text=plain(question.text, question.format),
        given=_given(question_from(read_by or key, language, language), choice),
        right=_right(question),
        reasons=(*_reasons(question, choice), *comment),
        is_right=share == 1,
        was_watched=is_observed(question),
        worth=worth,
        share=share if 0 < share < 1 and not worth else None,
    )


def _worth(question: Question, choice: Sequence[str]) -> str:
    """Of a judgement - one best answer, weak ones with half the points, harmful ones with none - what was chosen."""
    if not isinstance(question, Choice) or question.type != "single" or not choice:
        return ""
    weights = [int(option.fraction) for option in question.options]
    return _JUDGED[weights[int(choice[0])]] if {*weights} == _JUDGED.keys() else ""


def _given(question: Question, choice: Sequence[str]) -> tuple[str, ...]:
    if isinstance(question, Choice):
        return tuple(question.options[int(number)].words.text for number in choice)
    if isinstance(question, TrueFalse):
        return tuple(_truth(number == "0") for number in choice)
    given = answer_from(question, choice)
    if isinstance(question, Matching) and isinstance(given, Matched):
        both = zip(question.pairs, given.rights, strict=False)
        return tuple(f"{pair[0].text} – {right or ''}" for pair, right in both)
    if isinstance(question, Ordering) and isinstance(given, Placed):
        placed = zip(given.places, question.items, strict=False)
        return tuple(_in_place(place, each.text) for place, each in sorted(placed, key=_by_place))
    return tuple(choice)


def _right(question: Question) -> tuple[str, ...]:
    match question:
        case Choice():
            least = 1 if question.type != "single" else max(option.fraction for option in question.options)
            return tuple(option.words.text for option in question.options if option.fraction >= least)
        case TrueFalse():
            return (_truth(question.correct),)
        case Short():
            return tuple(option.words.text for option in question.options if option.fraction == 100)
        case Numeric():
            return tuple(str(number.value or f"{number.low} – {number.high}") for number in question.numbers[:1])
        case Matching():
            return tuple(f"{left.text} – {right}" for left, right in question.pairs)
        case Ordering():
            placed = sorted(zip(question.right_places, question.items, strict=True), key=_by_place)
            return tuple(_in_place(place, each.text) for place, each in placed)
        case _:
            return ()


def _reasons(question: Question, choice: Sequence[str]) -> tuple[str, ...]:
    found = [question.general_feedback]
    if isinstance(question, Choice):
        found += [question.options[int(number)].feedback for number in choice]
    if isinstance(question, TrueFalse) and choice:
        is_right = (choice[0] == "0") == question.correct
        found.append(question.feedback_right if is_right else question.feedback_wrong)
    return tuple(words.text for words in found if words)


def _by_place(placed: tuple[int | None, Words]) -> tuple[bool, int]:
    """What has no place comes last."""
    return placed[0] is None, placed[0] or 0


def _in_place(place: int | None, text: str) -> str:
    return f"– {text}" if place is None else f"{format_number(place + 1)}. {text}"


def _truth(value: bool) -> str:
    return str(_("True") if value else _("False"))
