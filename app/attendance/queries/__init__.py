"""Reading marks, as far as the actor may see."""

from app.attendance.queries.marks import (
    Act,
    Known,
    history,
    mark_of,
    marked_people,
    marks_of,
    meeting_to_mark,
    numbers,
    person_at,
)

__all__ = [
    "Act",
    "Known",
    "history",
    "mark_of",
    "marked_people",
    "marks_of",
    "meeting_to_mark",
    "numbers",
    "person_at",
]
