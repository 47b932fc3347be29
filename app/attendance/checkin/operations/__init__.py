"""The verbs of checking in: say that one is here, settle it, read a card. None of them commits."""

from app.attendance.checkin.operations.cards import Scan, Scanned, scan
from app.attendance.checkin.operations.coming import Coming, check_in, declare, note_old_code
from app.attendance.checkin.operations.settling import Settled, confirm, confirm_all, refuse

__all__ = [
    "Coming",
    "Scan",
    "Scanned",
    "Settled",
    "check_in",
    "confirm",
    "confirm_all",
    "declare",
    "note_old_code",
    "refuse",
    "scan",
]
