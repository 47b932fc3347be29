"""A programme of another installation, taken in beside those of this one."""

from app.backup.importing.taking import Taken, foreseen, take_in

__all__ = ["Taken", "foreseen", "take_in"]
