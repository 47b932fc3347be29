"""Reading factory rooms. The caller has checked the half-day."""

from app.attendance.rooms.queries.connections import connection_of, connections
from app.attendance.rooms.queries.people import Inside, inside, room_to_declare, rooms_of
from app.attendance.rooms.queries.summaries import Summary, sampled, summaries

__all__ = [
    "Inside", "Summary", "connection_of", "connections", "inside", "room_to_declare", "rooms_of", "sampled",
    "summaries",
]  # fmt: skip
