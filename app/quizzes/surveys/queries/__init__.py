"""Reading anonymous forms: which are open, what they ask, what may be shown of them."""

from app.quizzes.surveys.queries.results import Result, results_of
from app.quizzes.surveys.queries.state import FormState, form_states, has_answered, missing, seen_by, window_for
from app.quizzes.surveys.queries.windows import (
    Form,
    Waiting,
    answers_of,
    form_of,
    forms_of,
    number_of,
    open_evaluation,
    open_surveys,
    own_training,
    waiting_evaluations,
)

__all__ = [
    "Form",
    "FormState",
    "Result",
    "Waiting",
    "answers_of",
    "form_of",
    "form_states",
    "forms_of",
    "has_answered",
    "missing",
    "number_of",
    "open_evaluation",
    "open_surveys",
    "own_training",
    "results_of",
    "seen_by",
    "waiting_evaluations",
    "window_for",
]
