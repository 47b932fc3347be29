"""Contexts of the pages of seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.factories.models import Factory
from app.platform.web import Page
from app.sessions.forms.seating import DeclineForm, PersonForm, PlacesForm, SiteForm, WalkInForm
from app.sessions.models import Meeting, Seat, Site, TrainingSession
from app.sessions.queries.history import Move
from app.sessions.queries.nominating import Nominee
from app.sessions.queries.own import OwnSeat
from app.sessions.rules import Modality, SeatState
from app.sessions.rules.waiting import Step
from app.sessions.wording import WORDS, Words


@dataclass(frozen=True)
class PlacesPage(Page):
    """`held` is how many places of each kind somebody has."""

    template: ClassVar[str] = "sessions/places.html"
    training: TrainingSession
    form: PlacesForm
    held: Mapping[Modality, int]
    words: Words = WORDS


@dataclass(frozen=True)
class Joining:
    """How a seat joins one half-day; `form` where there is something to choose."""

    meeting: Meeting
    site: Site
    form: SiteForm | None


@dataclass(frozen=True)
class SeatPage(Page):
    """`moves` are shown to who settles seats; `declining` and `swapping` where that is possible."""

    template: ClassVar[str] = "sessions/seat.html"
    training: TrainingSession
    seat: Seat
    joining: SiteForm
    half_days: Sequence[Joining]
    swapping: PersonForm | None
    declining: DeclineForm | None
    can_change: bool
    may_settle: bool
    moves: Sequence[Move]
    words: Words = WORDS


@dataclass(frozen=True)
class WaitingPage(Page):
    """The lists by kind of place, each in the order in which places are given."""

    template: ClassVar[str] = "sessions/waiting.html"
    training: TrainingSession
    lists: Mapping[Modality, Sequence[Seat]]
    offered: Sequence[Seat]
    policy: Any
    can_order: bool
    steps: Mapping[Step, Any]
    words: Words = WORDS


@dataclass(frozen=True)
class WalkInsPage(Page):
    template: ClassVar[str] = "sessions/walk_ins.html"
    training: TrainingSession
    factories: Sequence[Factory]
    factory: Factory
    form: WalkInForm
    people: Sequence[Nominee]
    search: str
    is_day: bool
    words: Words = WORDS


@dataclass(frozen=True)
class OwnSeatsPage(Page):
    template: ClassVar[str] = "sessions/own.html"
    seats: Sequence[OwnSeat]
    now: datetime
    booked: SeatState = SeatState.BOOKED
    words: Words = WORDS
