"""Reading the record of a factory. The caller has checked the factory."""

from app.learning_record.queries.blocks import block, blocks, last_months
from app.learning_record.queries.entries import courses, entries, lines, participants
from app.learning_record.queries.figures import Figure, figures
from app.learning_record.queries.wanted import Wanted

__all__ = [
    "Figure", "Wanted", "block", "blocks", "courses", "entries", "figures", "last_months", "lines",
    "participants",
]
