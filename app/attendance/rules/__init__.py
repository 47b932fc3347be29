"""The rules of attendance: pure functions, enums and frozen dataclasses."""

from app.attendance.rules.deciding import GUEST, LEFT, ROOM, Decided, Said, decide, is_retraction, replaced_by
from app.attendance.rules.hindrances import (
    CORRECTION_AFTER,
    OPENS_BEFORE,
    Flag,
    Hindrance,
    evidence_at,
    hindrance,
    markable,
)
from app.attendance.rules.marks import Evidence, Mark, is_mark_id, new_mark_id
from app.attendance.rules.minutes import AttendanceRule, mark_of_minutes, mark_on_arrival
from app.attendance.rules.shares import HalfDay, Standing, Tally, attended_share, standing, tally, was_attended

__all__ = [
    "CORRECTION_AFTER",
    "GUEST",
    "LEFT",
    "OPENS_BEFORE",
    "ROOM",
    "AttendanceRule",
    "Decided",
    "Evidence",
    "Flag",
    "HalfDay",
    "Hindrance",
    "Mark",
    "Said",
    "Standing",
    "Tally",
    "attended_share",
    "decide",
    "evidence_at",
    "hindrance",
    "is_mark_id",
    "is_retraction",
    "mark_of_minutes",
    "mark_on_arrival",
    "markable",
    "new_mark_id",
    "replaced_by",
    "standing",
    "tally",
    "was_attended",
]
