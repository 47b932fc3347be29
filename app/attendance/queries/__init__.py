"""Reading marks, as far as the actor may see."""

from app.attendance.queries.closing import closed_roll_call
from app.attendance.queries.history import Act, disputed, history
from app.attendance.queries.marks import (
    Known,
    mark_of,
    marked_people,
    marks_of,
    meeting_to_mark,
    numbers,
    person_at,
)
from app.attendance.queries.rule import attended_days, half_days, minutes_of, rule_of

__all__ = [
    "Act",
    "Known",
    "attended_days",
    "closed_roll_call",
    "disputed",
    "half_days",
    "history",
    "mark_of",
    "marked_people",
    "marks_of",
    "meeting_to_mark",
    "minutes_of",
    "numbers",
    "person_at",
    "rule_of",
]
