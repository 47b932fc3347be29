"""The verbs of attendance: mark, mark all who have no mark, count anew. None of them commits."""

from app.attendance.operations.marking import Receipt, mark, mark_all_present
from app.attendance.operations.shares import recheck, recount

__all__ = ["Receipt", "mark", "mark_all_present", "recheck", "recount"]
