"""Reading unknown people and who they may be. The caller has checked the training session."""

from app.attendance.guests.queries.candidates import Candidate, candidates, find
from app.attendance.guests.queries.guests import Row, guest_of, guests, open_guests
from app.attendance.guests.queries.marks import known_of, marked_at, marks_of, people_marks

__all__ = [
    "Candidate", "Row", "candidates", "find", "guest_of", "guests", "known_of", "marked_at", "marks_of", "open_guests",
    "people_marks",
]  # fmt: skip
