"""A unit is done, a course is complete - or, after a correction, no longer."""

from app.completions.operations.annulling import annul, restore
from app.completions.operations.importing import take_back_earlier, take_over_earlier
from app.completions.operations.noting import Reached, decide_anew, hold_person, note_unit, note_units, reconsider

__all__ = [
    "Reached",
    "annul",
    "decide_anew",
    "hold_person",
    "note_unit",
    "note_units",
    "reconsider",
    "restore",
    "take_back_earlier",
    "take_over_earlier",
]
