"""What a factory is told of a training session. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.sessions.rules import SiteKind


class Firmness(StrEnum):
    """How sure it is that it takes place as it is written."""

    SURE = "sure"
    NOT_SURE = "not_sure"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Where:
    """A place as somebody of the factory needs to know it; without a name it is the own phone or computer."""

    kind: SiteKind
    name: str
    address: str = ""


@dataclass(frozen=True)
class WhenAndWhere:
    """One half-day by the clock on the wall of the factory."""

    starts: datetime
    ends: datetime
    places: tuple[Where, ...]


@dataclass(frozen=True)
class Expected:
    """Somebody of the factory who has a seat."""

    name: str
    local_name: str
    language: str


@dataclass(frozen=True)
class Told:
    """One training session as one factory is told of it. Nothing of other factories and no link to a meeting."""

    training_id: int
    titles: Mapping[str, str]
    code: str
    firmness: Firmness
    reason: str
    factory: str
    country: str
    """Whose calendar and clock stand beside ours, where it has its own."""
    half_days: Sequence[WhenAndWhere]
    people: Sequence[Expected]
    unnamed: int
    contacts: Sequence[str]
    """Who is asked: those who speak for the factory, else the trainers."""

    @property
    def booked(self) -> int:
        return len(self.people)

    @property
    def expected(self) -> int:
        return len(self.people) + self.unnamed
