"""The verbs about unknown people: note, resolve, set aside. None of them commits."""

from app.attendance.guests.operations.log import GuestMarking
from app.attendance.guests.operations.noting import note, take_down
from app.attendance.guests.rules import GuestClash, GuestReceipt

__all__ = ["GuestClash", "GuestMarking", "GuestReceipt", "note", "take_down"]
