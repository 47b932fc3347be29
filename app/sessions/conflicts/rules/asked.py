"""What is to be planned, as the rules read it."""

from dataclasses import dataclass
from datetime import datetime

from app.sessions.rules import HOLDING, Modality, SeatState, SiteKind


def place_name(name: str) -> str:
    """A room that was only named, as names are compared."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True)
class SiteAsked:
    """Where people join from. `site_id` is None while it is not stored."""

    kind: SiteKind
    name: str
    factory_id: int | None = None
    room_id: int | None = None
    site_id: int | None = None

    def is_used(self, modality: Modality) -> bool:
        """Whether a half-day of this modality needs the room: nobody sits in the venue of one that is by link alone."""
        unused = {SiteKind.VENUE: Modality.VIRTUAL, SiteKind.FACTORY_ROOM: Modality.IN_PERSON}
        return self.kind is not SiteKind.REMOTE and unused[self.kind] is not modality


@dataclass(frozen=True, kw_only=True)
class HalfDayAsked:
    """A half-day with all that it takes."""

    number: int
    starts: datetime
    ends: datetime
    zone: str
    starts_at: datetime
    ends_at: datetime
    modality: Modality
    language: str
    join_url: str | None = None
    host_id: int | None = None
    interpreter_ids: frozenset[int] = frozenset()
    sites: tuple[SiteAsked, ...] = ()

    @property
    def rooms(self) -> list[SiteAsked]:
        """The sites in which somebody sits."""
        return [site for site in self.sites if site.is_used(self.modality)]

    @property
    def venues(self) -> list[SiteAsked]:
        """Where the trainer is."""
        return [site for site in self.rooms if site.kind is SiteKind.VENUE]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A training session as it would be. `asked` numbers the half-days to be judged, None all of them."""

    programme_id: int
    version_id: int
    half_days: tuple[HalfDayAsked, ...]
    trainer_ids: frozenset[int]
    capacity_in_person: int
    training_id: int | None = None
    asked: frozenset[int] | None = None
    seat_states: frozenset[SeatState] = HOLDING
    """Whose people are looked at."""

    @property
    def judged(self) -> list[HalfDayAsked]:
        """The half-days that are asked about."""
        return [half_day for half_day in self.half_days if self.asked is None or half_day.number in self.asked]
