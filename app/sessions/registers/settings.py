"""What a planner can set in the registers, as one value each. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any


@dataclass(frozen=True)
class RoomSettings:
    """A room; from `closed_on` on it is not offered any more."""

    name: str
    address: str
    province: str
    places: int | None
    factory_id: int | None
    closed_on: date | None


@dataclass(frozen=True)
class InterpreterSettings:
    """An interpreter; from `retired_on` on not offered any more."""

    name: str
    email: str | None
    languages: tuple[str, ...]
    retired_on: date | None


@dataclass(frozen=True)
class HostSettings:
    """An account at a meeting provider."""

    name: str
    provider: str
    closed_on: date | None


@dataclass(frozen=True)
class RulesSettings:
    """The rules by which a programme plans, but for its breaks."""

    release_one_in: int
    travel_near_minutes: int
    travel_far_minutes: int
    reminder_days: tuple[int, ...]
    quiet_from: time
    quiet_until: time


@dataclass(frozen=True)
class BreakSettings:
    """A prayer or a meal on some ISO weekdays."""

    name: Mapping[str, str]
    starts: time
    ends: time
    days: tuple[int, ...]

    @property
    def times(self) -> str:
        """What tells it from the other breaks of the programme."""
        return f"{self.starts:%H%M}-{self.ends:%H%M}"

    def kept(self) -> dict[str, Any]:
        """As `PlanningRules.breaks` holds it."""
        times = {"starts": f"{self.starts:%H:%M}", "ends": f"{self.ends:%H:%M}"}
        return {"name": dict(self.name), "days": sorted(self.days), **times}


def times_of(kept: Mapping[str, Any]) -> str:
    """`BreakSettings.times` of a break that is kept."""
    return f"{kept['starts']}-{kept['ends']}".replace(":", "")
