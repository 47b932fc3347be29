"""The verbs of factory rooms: declare people, add who came without a seat, say that the line is
there or lost, look for people. None commits."""

from app.attendance.rooms.operations.checking import spot_check
from app.attendance.rooms.operations.connecting import connect, connected, disconnect
from app.attendance.rooms.operations.declaring import declare, declare_all
from app.attendance.rooms.operations.minutes import put_minutes
from app.attendance.rooms.operations.walking import note_guest, seat_and_declare

__all__ = [
    "connect", "connected", "declare", "declare_all", "disconnect", "note_guest", "put_minutes", "seat_and_declare",
    "spot_check",
]  # fmt: skip
