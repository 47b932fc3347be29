"""The grade of a stored attempt."""

from collections.abc import Mapping
from fractions import Fraction

import sqlalchemy as sa

from app.platform.db import db
from app.quizzes import models
from app.quizzes.frozen import answer_from, graded_question
from app.quizzes.queries.keys import standing_keys
from app.quizzes.queries.terms import policy_of
from app.quizzes.rules import Grade, grade, has_open, waits_for_a_person, without_open


def grade_of(attempt: models.Attempt) -> Grade | None:
    """Grade what is saved, by the keys as they stand now; it decides nothing and writes nothing.

    None while an answer waits for a person to grade it. In a practice nobody reads open answers, and none counts.
    """
    keys = standing_keys(attempt.question_ids)
    questions = {key: graded_question(stored) for key, stored in keys.right.items()}
    if has_open(questions.values()) and policy_of(attempt.unit_id).practice:
        questions = without_open(questions)
    read_by = questions | {key: graded_question(stored) for key, stored in keys.read_by.items()}
    saved = db.session.execute(
        sa.select(models.Answer.question_id, models.Answer.choice).where(models.Answer.attempt_id == attempt.id)
    )
    given = {key: answer_from(read_by[key], choice) for key, choice in saved if key in questions}
    answers = {key: answer for key, answer in given.items() if answer}
    by_hand = given_by_hand(attempt.id)
    return None if waits_for_a_person(questions, answers, by_hand) else grade(questions, answers, by_hand)


def given_by_hand(attempt_id: int) -> Mapping[int, Fraction]:
    """Question -> the share (0..1) that a person gave for the answer; the last that was given."""
    return {question_id: share for question_id, (share, _comment) in graded_by_hand(attempt_id).items()}


def graded_by_hand(attempt_id: int) -> Mapping[int, tuple[Fraction, str]]:
    """Question -> the share that a person gave, and what was said about it; the last of each."""
    rows = db.session.execute(
        sa.select(models.ManualGrade.question_id, models.ManualGrade.share, models.ManualGrade.comment)
        .where(models.ManualGrade.attempt_id == attempt_id, models.GIVEN_FOR_WHAT_IS_SAVED)
        .order_by(models.ManualGrade.id)
    )
    return {row.question_id: (Fraction(row.share), row.comment) for row in rows}
