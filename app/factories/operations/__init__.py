"""Importing rosters."""

from app.factories.operations.applying import apply_roster
from app.factories.operations.previewing import keep_reading, preview_roster, read_roster
from app.factories.operations.undoing import undo_roster

__all__ = ["apply_roster", "keep_reading", "preview_roster", "read_roster", "undo_roster"]
