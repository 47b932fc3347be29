"""What rooms at meeting providers tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class RoomFailed(Event):
    """There is no room for a half-day, and whoever teaches it must know."""

    room_id: int
