"""What ambassadors tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class AmbassadorChanged(Event):
    """Somebody was appointed, or the last day of a term is another now."""

    ambassador_id: int
