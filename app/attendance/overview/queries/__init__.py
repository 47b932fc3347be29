"""Reading what the overview shows."""

from app.attendance.overview.queries.board import Board, Place, board, board_meeting
from app.attendance.overview.queries.entries import Entry, entries_of_training

__all__ = ["Board", "Entry", "Place", "board", "board_meeting", "entries_of_training"]
