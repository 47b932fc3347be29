"""The verbs of learning alone."""

from app.lessons.operations.practising import log_practice, withdraw
from app.lessons.operations.reading import read, switch

__all__ = ["log_practice", "read", "switch", "withdraw"]
