"""What drills tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class DrillHeld(Event):
    """Somebody entered a drill that a factory held."""

    drill_id: int


@dataclass(frozen=True)
class DrillWithdrawn(Event):
    """An entry said that a drill was not held, or not as entered. `drill_id` is the entry that says so."""

    drill_id: int
