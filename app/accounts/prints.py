"""What is printed for people. Pure."""

from datetime import timedelta
from enum import StrEnum


class PrintKind(StrEnum):
    """What is printed for people: the card that names them, or the slip that tells them a new PIN."""

    CARDS = "cards"
    PINS = "pins"


LIFE = timedelta(hours=24)
"""How long a printed file is kept for whoever ordered it."""
MOST_PEOPLE = 5_000
"""The largest paper: what the press sets within its time and memory. A larger factory prints line by line."""
