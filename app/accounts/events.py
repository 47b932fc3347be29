"""What happens to accounts that others react to."""

from dataclasses import dataclass, field

from app.platform.bus import Event


@dataclass(frozen=True)
class LinkIssued(Event):
    """A one-time link was made and must be sent. The token is told here once; only its digest is kept."""

    link_id: int
    token: str = field(repr=False)
