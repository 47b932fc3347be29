"""The verbs of attendance: mark, mark all who have no mark, close the roll call, count anew. None of them commits."""

from app.attendance.operations.closing import close, close_with, follow_move, reopen, reopen_with
from app.attendance.operations.joining import recount
from app.attendance.operations.log import Clash, Marking, Receipt, take_down
from app.attendance.operations.marking import mark, mark_all_present
from app.attendance.operations.shares import recheck

__all__ = [
    "Clash",
    "Marking",
    "Receipt",
    "close",
    "close_with",
    "follow_move",
    "mark",
    "mark_all_present",
    "recheck",
    "recount",
    "reopen",
    "reopen_with",
    "take_down",
]
