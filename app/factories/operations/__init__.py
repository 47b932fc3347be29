"""Importing rosters."""

from app.factories.operations.applying import apply_roster
from app.factories.operations.previewing import keep_reading, preview_roster, read_roster
from app.factories.operations.receiving import (
    apply_kept,
    finish_reading,
    give_up,
    receive_roster,
    refuse_reading,
    start_applying,
)
from app.factories.operations.undoing import undo_roster

__all__ = [
    "apply_kept",
    "apply_roster",
    "finish_reading",
    "give_up",
    "keep_reading",
    "preview_roster",
    "read_roster",
    "receive_roster",
    "refuse_reading",
    "start_applying",
    "undo_roster",
]
