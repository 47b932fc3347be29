"""Importing rosters, and saying what one person does."""

from app.factories.operations.applying import apply_roster
from app.factories.operations.employing import Hire, Terms, change_work, end_work, hire
from app.factories.operations.moving import came_from
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
    "Hire",
    "Terms",
    "apply_kept",
    "apply_roster",
    "came_from",
    "change_work",
    "end_work",
    "finish_reading",
    "give_up",
    "hire",
    "keep_reading",
    "preview_roster",
    "read_roster",
    "receive_roster",
    "refuse_reading",
    "start_applying",
    "undo_roster",
]
