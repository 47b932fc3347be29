"""What the log of services tells."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class ServiceLogged(Event):
    """A service that took place was written down, corrected, or taken back; the row says which."""

    service_id: int
