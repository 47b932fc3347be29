"""One attempt with its answers, for whoever may read them. It reads the keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.quizzes.explained import Explained, explained_answers, given_words
from app.quizzes.frozen import answer_from, graded_question
from app.quizzes.grading import given_by_hand
from app.quizzes.queries import keys_of
from app.quizzes.results.queries import OneAttempt, late_answers, saved_answers
from app.quizzes.results.rules import typical_seconds
from app.quizzes.rules import Late, points


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question with what was answered, what it is worth (0..1 points), and when and how it was given."""

    explained: Explained
    points: float
    seconds: float | None
    read_in: str | None
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class LateRow:
    """An answer that came too late, in words."""

    number: int
    language: str
    given: tuple[str, ...]
    arrived_at: datetime
    why: Late
    counts: bool | None


def late_rows(attempt: OneAttempt, wanted: Sequence[str | None]) -> list[LateRow]:
    """What came too late, in the order in which it came."""
    keys, rows = keys_of(attempt.question_ids), []
    for each in late_answers(attempt.attempt_id):
        if each.question_id in keys:
            language, given = given_words(keys[each.question_id], each.choice, wanted)
            number = attempt.question_ids.index(each.question_id) + 1
            rows.append(LateRow(number, language, given, each.arrived_at, each.why, each.counts))
    return rows


def answer_rows(attempt: OneAttempt, wanted: Sequence[str | None]) -> list[AnswerRow]:
    """Every question of an attempt, in the order in which it was asked."""
    saved, keys = saved_answers(attempt.attempt_id), keys_of(attempt.question_ids)
    by_hand = given_by_hand(attempt.attempt_id)
    seconds = typical_seconds([(attempt.started_at, [(row.question_id, row.saved_at) for row in saved.values()])])
    rows = []
    for each in explained_answers(attempt.attempt_id, attempt.question_ids, wanted):
        id_ = attempt.question_ids[each.number - 1]
        row, question = saved.get(id_), graded_question(keys[id_])
        earned = by_hand.get(id_, points(question, answer_from(question, row.choice if row else [])))
        rows.append(
            AnswerRow(
                each, float(earned), seconds.get(id_), row.language if row else None, row.saved_at if row else None
            )
        )
    return rows
