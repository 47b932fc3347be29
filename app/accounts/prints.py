"""What is printed for people. Pure."""

from datetime import timedelta
from enum import StrEnum


class PrintKind(StrEnum):
    """What is printed for people: the card that names them, or the slip that tells them a new PIN."""

    CARDS = "cards"
    PINS = "pins"


LIFE = timedelta(hours=24)
"""How long a printed file is kept for whoever ordered it."""
AGAIN = timedelta(minutes=15)
"""How long PIN slips stay after they were first handed out: a download that broke off can be tried again."""
MOST_PEOPLE = 1_000
"""The largest paper: the press sets 1,500 within its 300 MB and no more. A larger factory prints line by line."""
