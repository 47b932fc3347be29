"""What attendance tells."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class LowAttendance(Event):
    """The roll call of a half-day was closed, and some who missed it may miss no more half-day of their training
    session, or have missed too much, which was not so or not told when it was last closed.
    """

    meeting_id: int
    person_ids: tuple[int, ...]
