"""The verbs of training sessions. None of them commits; each holds the row of the training session while it works."""

from app.sessions.operations.helping import appoint, dismiss
from app.sessions.operations.meetings import cancel_meeting, change_link, move_meeting
from app.sessions.operations.nominations import nominate
from app.sessions.operations.places import Places, change_places
from app.sessions.operations.planning import Plan, PlannedHalfDay, schedule
from app.sessions.operations.seats import (
    accept,
    accept_own,
    book,
    book_all,
    decline,
    join,
    join_at,
    put,
    reserve,
    swap,
    walk_in,
    withdraw,
    withdraw_own,
)
from app.sessions.operations.states import cancel, close, confirm

__all__ = [
    "Places",
    "Plan",
    "PlannedHalfDay",
    "accept",
    "accept_own",
    "appoint",
    "book",
    "book_all",
    "cancel",
    "cancel_meeting",
    "change_link",
    "change_places",
    "close",
    "confirm",
    "decline",
    "dismiss",
    "join",
    "join_at",
    "move_meeting",
    "nominate",
    "put",
    "reserve",
    "schedule",
    "swap",
    "walk_in",
    "withdraw",
    "withdraw_own",
]
