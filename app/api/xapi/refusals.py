"""How the store says no beyond what is malformed."""

from app.platform.refusal import Refused


class Conflict(Refused):
    """There is something else under this id already."""


class Outdated(Refused):
    """What the sender has in view is not what is there."""
