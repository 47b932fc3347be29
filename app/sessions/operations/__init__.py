"""The verbs of training sessions. None of them commits; each holds the row of the training session while it works."""

from app.sessions.operations.copying import copy, repeat
from app.sessions.operations.half_days import add_half_day, edit_meeting
from app.sessions.operations.helping import appoint, dismiss
from app.sessions.operations.meetings import cancel_meeting, change_link, move_meeting
from app.sessions.operations.nominations import nominate
from app.sessions.operations.places import Places, change_places
from app.sessions.operations.planning import change_trainers, schedule
from app.sessions.operations.plans import Plan, PlannedHalfDay, Settings
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
from app.sessions.operations.sites import add_factory_room, add_remote, add_venue, give_focal_point, remove_site
from app.sessions.operations.splitting import Split, split
from app.sessions.operations.states import announce, cancel, close, confirm, postpone, reopen, resume
from app.sessions.operations.switching import switch_modality

__all__ = [
    "Places",
    "Plan",
    "PlannedHalfDay",
    "Settings",
    "Split",
    "accept",
    "accept_own",
    "add_factory_room",
    "add_half_day",
    "add_remote",
    "add_venue",
    "announce",
    "appoint",
    "book",
    "book_all",
    "cancel",
    "cancel_meeting",
    "change_link",
    "change_places",
    "change_trainers",
    "close",
    "confirm",
    "copy",
    "decline",
    "dismiss",
    "edit_meeting",
    "give_focal_point",
    "join",
    "join_at",
    "move_meeting",
    "nominate",
    "postpone",
    "put",
    "remove_site",
    "reopen",
    "repeat",
    "reserve",
    "resume",
    "schedule",
    "split",
    "swap",
    "switch_modality",
    "walk_in",
    "withdraw",
    "withdraw_own",
]
