"""Reading what is printed, photographed and ticked, as far as the actor may see."""

from app.attendance.sheets.queries.papers import Printable, meeting_for, printable, sheet_of
from app.attendance.sheets.queries.photos import Shot, photo_of, photos_for, photos_of
from app.attendance.sheets.queries.signatures import Line, SheetList, sheet_list, site_by_token

__all__ = [
    "Line",
    "Printable",
    "SheetList",
    "Shot",
    "meeting_for",
    "photo_of",
    "photos_for",
    "photos_of",
    "printable",
    "sheet_list",
    "sheet_of",
    "site_by_token",
]
