"""Reading rooms at meeting providers."""

from app.sessions.links.queries.due import Due, Task, due
from app.sessions.links.queries.holders import Seated, holders, own_holder, seated
from app.sessions.links.queries.rooms import room_in_use, room_of_meeting, rooms_with_trainings, visits, wanted_of

__all__ = [
    "Due",
    "Seated",
    "Task",
    "due",
    "holders",
    "own_holder",
    "room_in_use",
    "room_of_meeting",
    "rooms_with_trainings",
    "seated",
    "visits",
    "wanted_of",
]
