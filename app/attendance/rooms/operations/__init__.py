"""The verbs of factory rooms: declare people, say that the line is there or lost, look for people. None commits."""

from app.attendance.rooms.operations.checking import spot_check
from app.attendance.rooms.operations.connecting import connect, connected, disconnect
from app.attendance.rooms.operations.declaring import declare, declare_all
from app.attendance.rooms.operations.minutes import put_minutes

__all__ = ["connect", "connected", "declare", "declare_all", "disconnect", "put_minutes", "spot_check"]
