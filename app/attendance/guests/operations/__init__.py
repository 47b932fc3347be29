"""The verbs about unknown people: note, resolve, set aside, reopen, and seat whom the register knows. None commits."""

from app.attendance.guests.operations.adding import add
from app.attendance.guests.operations.log import GuestMarking
from app.attendance.guests.operations.noting import note, take_down
from app.attendance.guests.operations.resolving import reopen, resolve, set_aside
from app.attendance.guests.operations.walking import seat_and_mark
from app.attendance.guests.rules import GuestClash, GuestReceipt

__all__ = [
    "GuestClash",
    "GuestMarking",
    "GuestReceipt",
    "add",
    "note",
    "reopen",
    "resolve",
    "seat_and_mark",
    "set_aside",
    "take_down",
]
