"""Reading quizzes: of the own attempt, of a training session."""

from app.quizzes.queries.counted import shares_reached
from app.quizzes.queries.keys import keys_of
from app.quizzes.queries.last_codes import codes_of, latest_begun, meaning_of
from app.quizzes.queries.observed import Task, Watched, has_observed, tasks_of, watched
from app.quizzes.queries.openings import Opening, is_open_for_anybody, may_join, opening, openings
from app.quizzes.queries.overdue import overdue
from app.quizzes.queries.results import QuizState, Result, quiz_state, quiz_states, results
from app.quizzes.queries.sittings import Sitting, Step, asked, question_of, sitting, steps, with_next
from app.quizzes.queries.terms import policy_of, terms_of
from app.quizzes.queries.timing import TimeLeft, time_left
from app.quizzes.queries.windows import (
    Name,
    Offer,
    closes_at,
    code_of,
    finished_in,
    has_seat,
    offer,
    open_window,
    people_of,
    zone_of,
)

__all__ = [
    "Name",
    "Offer",
    "Opening",
    "QuizState",
    "Result",
    "Sitting",
    "Step",
    "Task",
    "TimeLeft",
    "Watched",
    "asked",
    "closes_at",
    "code_of",
    "codes_of",
    "finished_in",
    "has_observed",
    "has_seat",
    "is_open_for_anybody",
    "keys_of",
    "latest_begun",
    "may_join",
    "meaning_of",
    "offer",
    "open_window",
    "opening",
    "openings",
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
    "tasks_of",
    "terms_of",
    "time_left",
    "watched",
    "with_next",
    "zone_of",
]
