"""The grade of a stored attempt."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from app.platform.db import db
from app.quizzes import models
from app.quizzes.frozen import answer_from, question_from
from app.quizzes.gift import Question, Short
from app.quizzes.rules import Grade, grade


def grade_of(attempt: models.Attempt) -> Grade:
    """Grade what is saved; it decides nothing and writes nothing."""
    questions = {
        question_id: graded_question(key)
        for question_id, key in db.session.execute(
            sa.select(models.Question.id, models.Question.key).where(models.Question.unit_id == attempt.unit_id)
        )
    }
    saved = db.session.execute(
        sa.select(models.Answer.question_id, models.Answer.choice).where(models.Answer.attempt_id == attempt.id)
    )
    given = {question_id: answer_from(questions[question_id], choice) for question_id, choice in saved}
    return grade(questions, {question_id: answer for question_id, answer in given.items() if answer})


def graded_question(key: dict[str, Any]) -> Question:
    """The question as it is graded. A typed word counts in every language that the question was shown in."""
    source = "en" if "en" in key else min(key)
    question = question_from(key, source, source)
    if not isinstance(question, Short):
        return question
    every = (question_from(key, locale, source) for locale in key)
    return replace(question, options=tuple(option for one in every if isinstance(one, Short) for option in one.options))
