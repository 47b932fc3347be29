"""What factories tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class RosterApplied(Event):
    """A roster was applied to a factory."""

    roster_import_id: int
