"""The verbs of rooms at meeting providers."""

from app.sessions.links.operations.choosing import choose, try_again
from app.sessions.links.operations.entering import come_in
from app.sessions.links.operations.keeping import note_end, note_failure, note_made, note_seen, want_all

__all__ = [
    "choose",
    "come_in",
    "note_end",
    "note_failure",
    "note_made",
    "note_seen",
    "try_again",
    "want_all",
]
