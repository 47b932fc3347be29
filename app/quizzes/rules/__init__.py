"""The rules of quizzes. Pure."""

from app.quizzes.rules.attempts import (
    MOVES,
    Arrival,
    AttemptState,
    arrival,
    due_at,
    finished_at,
    is_due,
    may_answer,
    may_move,
)
from app.quizzes.rules.grading import (
    RULE_VERSION,
    Answer,
    Chosen,
    Grade,
    Matched,
    Typed,
    grade,
    is_counted,
    points,
)
from app.quizzes.rules.options import chosen_numbers, option_ids, shuffled

__all__ = [
    "MOVES",
    "RULE_VERSION",
    "Answer",
    "Arrival",
    "AttemptState",
    "Chosen",
    "Grade",
    "Matched",
    "Typed",
    "arrival",
    "chosen_numbers",
    "due_at",
    "finished_at",
    "grade",
    "is_counted",
    "is_due",
    "may_answer",
    "may_move",
    "option_ids",
    "points",
    "shuffled",
]
