"""Reading what came of quizzes, always within the programmes of the actor."""

from app.quizzes.results.queries.gains import Pair, gains, tests_of
from app.quizzes.results.queries.items import Tally, asked, manual, picked_choices, saved_times, scores
from app.quizzes.results.queries.live import Place, places
from app.quizzes.results.queries.one import OneAttempt, attempts_of, late_answers, one_attempt, saved_answers
from app.quizzes.results.queries.picked import Choices, Picked, choices, firsts, picked, quiz_of
from app.quizzes.results.queries.shares import by_factory, matched, shares

__all__ = [
    "Choices",
    "OneAttempt",
    "Pair",
    "Picked",
    "Place",
    "Tally",
    "asked",
    "attempts_of",
    "by_factory",
    "choices",
    "firsts",
    "gains",
    "late_answers",
    "manual",
    "matched",
    "one_attempt",
    "picked",
    "picked_choices",
    "places",
    "quiz_of",
    "saved_answers",
    "saved_times",
    "scores",
    "shares",
    "tests_of",
]
