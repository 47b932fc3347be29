"""The verbs of sheets. None of them commits."""

from app.attendance.sheets.operations.photos import MOST_OF_A_HALF_DAY, PhotoClash, keep_photo, withdraw_photo

__all__ = ["MOST_OF_A_HALF_DAY", "PhotoClash", "keep_photo", "withdraw_photo"]
