"""The verbs of training sessions. None of them commits; each holds the row of the training session while it works."""

from app.sessions.operations.helping import appoint, dismiss
from app.sessions.operations.meetings import cancel_meeting, change_link, move_meeting
from app.sessions.operations.nominations import nominate
from app.sessions.operations.planning import Plan, PlannedHalfDay, schedule
from app.sessions.operations.seats import book, book_all, withdraw
from app.sessions.operations.states import cancel, close, confirm

__all__ = [
    "Plan",
    "PlannedHalfDay",
    "appoint",
    "book",
    "book_all",
    "cancel",
    "cancel_meeting",
    "change_link",
    "close",
    "confirm",
    "dismiss",
    "move_meeting",
    "nominate",
    "schedule",
    "withdraw",
]
