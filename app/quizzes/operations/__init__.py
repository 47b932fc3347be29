"""The verbs of quizzes."""

from app.quizzes.operations.answering import KeptApart, Saved, StaleAnswer, answer
from app.quizzes.operations.bank import publish_bank
from app.quizzes.operations.last_codes import Entered, enter_codes, enter_words
from app.quizzes.operations.observing import note_observed
from app.quizzes.operations.paper import PaperClash, PaperReceipt, PaperScored, note_paper
from app.quizzes.operations.starting import start
from app.quizzes.operations.submission import close_overdue, grade_submitted, submit
from app.quizzes.operations.windows import close_window, open_window

__all__ = [
    "Entered",
    "KeptApart",
    "PaperClash",
    "PaperReceipt",
    "PaperScored",
    "Saved",
    "StaleAnswer",
    "answer",
    "close_overdue",
    "close_window",
    "enter_codes",
    "enter_words",
    "grade_submitted",
    "note_observed",
    "note_paper",
    "open_window",
    "publish_bank",
    "start",
    "submit",
]
