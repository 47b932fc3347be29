"""What requirements tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class RequirementChanged(Event):
    """A requirement was created, says something else from a day on, or ends."""

    requirement_id: int


@dataclass(frozen=True)
class WaiverChanged(Event):
    """A factory, or one person there, was exempted from a requirement, or an exemption ends on another day."""

    requirement_id: int
    factory_id: int
