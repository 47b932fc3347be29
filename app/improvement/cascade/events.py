"""What the cascade tells."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class CascadeHeld(Event):
    """Somebody entered a session that was held in a factory."""

    cascade_id: int


@dataclass(frozen=True)
class CascadeCorrected(Event):
    """An entry replaced an earlier one, or said that what it told was not held. `cascade_id` is the new entry."""

    cascade_id: int
