"""The verbs of sheets. None of them commits."""

from app.attendance.sheets.operations.photos import MOST_OF_A_HALF_DAY, PhotoClash, keep_photo, withdraw_photo
from app.attendance.sheets.operations.signing import Tick, note_signatures

__all__ = ["MOST_OF_A_HALF_DAY", "PhotoClash", "Tick", "keep_photo", "note_signatures", "withdraw_photo"]
