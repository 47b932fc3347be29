"""People who take their test: they know most of it, each as much as the story says."""

from collections.abc import Sequence
from random import Random

from app.access.actor import Actor
from app.platform.db import db
from app.quizzes import operations, queries
from app.quizzes.frozen import question_from
from app.quizzes.gift import Choice
from app.quizzes.models import Question
from app.quizzes.queries import Sitting
from app.quizzes.rules import option_ids
from app.quizzes.shown import Stored


def sit(person: Actor, random: Random, skill: float, answers: int | None = None) -> None:
    """Start the open quiz and hand it in; with `answers` only so many questions are answered and it goes on.

    `skill` is the probability with which the best option is chosen.
    """
    sitting = queries.sitting(person, operations.start(person).id)
    for step in queries.steps(sitting)[:answers]:
        stored = queries.asked(sitting, step.number)
        choice = _choice(sitting, stored, random, skill)
        operations.answer(person, sitting.attempt_id, stored.question_id, choice, stored.revision)
    if answers is None:
        operations.submit(person, sitting.attempt_id)


def _choice(sitting: Sitting, stored: Stored, random: Random, skill: float) -> Sequence[str]:
    """One option of a question with one right answer; other kinds of question stay unanswered."""
    question = question_from(db.session.get_one(Question, stored.question_id).key, "en")
    if not isinstance(question, Choice) or stored.kind != "single":
        return []
    names = option_ids(len(question.options), sitting.seed, stored.code)
    best = max(range(len(names)), key=lambda number: question.options[number].fraction or 0)
    return [names[best] if random.random() < skill else random.choice(names)]
