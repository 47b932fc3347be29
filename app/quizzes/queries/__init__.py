"""Reading quizzes: of the own attempt, of a training session."""

from app.quizzes.queries.counted import shares_reached
from app.quizzes.queries.keys import keys_of
from app.quizzes.queries.overdue import overdue
from app.quizzes.queries.results import QuizState, Result, quiz_state, quiz_states, results
from app.quizzes.queries.sittings import Sitting, Step, asked, question_of, sitting, steps
from app.quizzes.queries.terms import policy_of, terms_of
from app.quizzes.queries.windows import (
    Name,
    Offer,
    OpenQuiz,
    closes_at,
    code_of,
    finished_in,
    has_seat,
    may_join,
    offer,
    open_quizzes,
    open_window,
    people_of,
)

__all__ = [
    "Name",
    "Offer",
    "OpenQuiz",
    "QuizState",
    "Result",
    "Sitting",
    "Step",
    "asked",
    "closes_at",
    "code_of",
    "finished_in",
    "has_seat",
    "keys_of",
    "may_join",
    "offer",
    "open_quizzes",
    "open_window",
    "overdue",
    "people_of",
    "policy_of",
    "question_of",
    "quiz_state",
    "quiz_states",
    "results",
    "shares_reached",
    "sitting",
    "steps",
    "terms_of",
]
