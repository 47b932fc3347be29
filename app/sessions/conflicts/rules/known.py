"""What is known of everything that a plan takes, as the rules read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from app.sessions.conflicts.rules.found import Other

Busy = Mapping[int, Sequence[Other]]


@dataclass(frozen=True)
class Teacher:
    """A trainer; `languages` None where nothing is known."""

    name: str
    languages: frozenset[str] | None = None
    away: Sequence[tuple[date, date]] = ()
    """First and last days."""


@dataclass(frozen=True)
class Thing:
    """An interpreter, a room or a host account. From `until` on it is no longer offered."""

    name: str
    until: date | None = None
    languages: frozenset[str] = frozenset()
    places: int | None = None
    province: str = ""


@dataclass(frozen=True)
class Mill:
    """A factory that takes part, with its ISO weekdays of rest."""

    name: str
    rest_days: frozenset[int]


@dataclass(frozen=True)
class DayOff:
    """A holiday of the programme."""

    day: date
    name: Mapping[str, str]
    is_provisional: bool


@dataclass(frozen=True)
class Pause:
    """A prayer or a meal: on these ISO weekdays from one time of the wall to another."""

    name: Mapping[str, str]
    starts: time
    ends: time
    days: frozenset[int]


@dataclass(frozen=True)
class Taker:
    """A seat: of a factory, perhaps without a name yet."""

    factory_id: int
    site_id: int
    person_id: int | None
    name: str = ""


@dataclass(frozen=True)
class Crew:
    """The supervisors of a line."""

    name: str
    factory: str
    people: frozenset[int]


@dataclass(frozen=True)
class Spot:
    """A place where a trainer stands: its name as names are compared, and its province where that is known."""

    name: str
    province: str = ""


@dataclass(frozen=True, kw_only=True)
class Known:
    """Everything. What is busy elsewhere is so in other training sessions alone."""

    zone: str
    rest_days: frozenset[int] = frozenset()
    release_one_in: int = 4
    travel_near: int = 30
    travel_far: int = 180
    pauses: Sequence[Pause] = ()
    days_off: Sequence[DayOff] = ()
    teachers: Mapping[int, Teacher] = field(default_factory=dict)
    qualified: Mapping[int, tuple[date, date | None]] | None = None
    """Who may teach the course, from and until which day; None where the programme keeps nobody for it."""
    interpreters: Mapping[int, Thing] = field(default_factory=dict)
    rooms: Mapping[int, Thing] = field(default_factory=dict)
    hosts: Mapping[int, Thing] = field(default_factory=dict)
    mills: Mapping[int, Mill] = field(default_factory=dict)
    takers: Sequence[Taker] = ()
    crews: Mapping[int, Crew] = field(default_factory=dict)
    teaching: Busy = field(default_factory=dict)
    interpreting: Busy = field(default_factory=dict)
    in_rooms: Busy = field(default_factory=dict)
    hosting: Busy = field(default_factory=dict)
    seated: Busy = field(default_factory=dict)
    linked: Mapping[str, Sequence[Other]] = field(default_factory=dict)
    at_venues: Mapping[str, Sequence[Other]] = field(default_factory=dict)
    spots: Mapping[int, frozenset[Spot]] = field(default_factory=dict)
    """Half-days elsewhere -> where they are; one by link alone is nowhere."""
