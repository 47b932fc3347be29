"""The verbs of attendance: mark, mark all who have no mark, count anew. None of them commits."""

from app.attendance.operations.joining import recount
from app.attendance.operations.log import Clash, Marking, Receipt, take_down
from app.attendance.operations.marking import mark, mark_all_present
from app.attendance.operations.shares import recheck

__all__ = ["Clash", "Marking", "Receipt", "mark", "mark_all_present", "recheck", "recount", "take_down"]
