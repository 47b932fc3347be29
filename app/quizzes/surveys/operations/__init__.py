"""The verbs of anonymous forms."""

from app.quizzes.surveys.operations.answering import answer_evaluation, answer_survey
from app.quizzes.surveys.operations.paper import enter_sheet, note_handed_in
from app.quizzes.surveys.operations.windows import (
    close_survey,
    count_closed,
    open_by_the_clock,
    open_evaluation,
    open_survey,
)

__all__ = [
    "answer_evaluation",
    "answer_survey",
    "close_survey",
    "count_closed",
    "enter_sheet",
    "note_handed_in",
    "open_by_the_clock",
    "open_evaluation",
    "open_survey",
]
