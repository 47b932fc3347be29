"""Importing rosters."""

from app.factories.operations.applying import apply_roster
from app.factories.operations.previewing import preview_roster, read_roster

__all__ = ["apply_roster", "preview_roster", "read_roster"]
