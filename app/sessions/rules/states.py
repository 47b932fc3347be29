"""States and moves of training sessions, meetings and seats."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

State = TypeVar("State", bound=StrEnum)


class TrainingState(StrEnum):
    """What people decided about a training session."""

    DRAFT = "draft"
    """Only whoever plans sees it."""
    TENTATIVE = "tentative"
    """Factories ask for seats; nobody is invited yet."""
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    """Seats are kept; there are no dates."""
    CLOSED = "closed"
    CANCELLED = "cancelled"


ALLOWED_MOVES: dict[TrainingState, frozenset[TrainingState]] = {
    TrainingState.DRAFT: frozenset({TrainingState.TENTATIVE, TrainingState.CONFIRMED, TrainingState.CANCELLED}),
    TrainingState.TENTATIVE: frozenset(
        {TrainingState.CONFIRMED, TrainingState.POSTPONED, TrainingState.CANCELLED}
    ),
    TrainingState.CONFIRMED: frozenset({TrainingState.CLOSED, TrainingState.POSTPONED, TrainingState.CANCELLED}),
    TrainingState.POSTPONED: frozenset(
        {TrainingState.TENTATIVE, TrainingState.CONFIRMED, TrainingState.CANCELLED}
    ),
    TrainingState.CLOSED: frozenset({TrainingState.CONFIRMED}),
    TrainingState.CANCELLED: frozenset(),
}


class Standing(StrEnum):
    """Where a training session stands for everybody to read: what was decided, and what the clock adds."""

    DRAFT = "draft"
    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    IN_PROGRESS = "in_progress"
    HELD = "held"
    POSTPONED = "postponed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class MeetingState(StrEnum):
    """A meeting is planned, waits for another date, or is cancelled; whether it is over, the clock says."""

    PLANNED = "planned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


MEETING_MOVES: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset({MeetingState.POSTPONED, MeetingState.CANCELLED}),
    MeetingState.POSTPONED: frozenset({MeetingState.PLANNED, MeetingState.CANCELLED}),
    MeetingState.CANCELLED: frozenset(),
}


class Modality(StrEnum):
    """How people are together. A seat is in person or virtual; a meeting may be both."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    HYBRID = "hybrid"


class SiteKind(StrEnum):
    """Where people join from."""

    VENUE = "venue"
    FACTORY_ROOM = "factory_room"
    REMOTE = "remote"

    @property
    def modality(self) -> Modality:
        """A venue is in person; a factory room and a single phone join by link."""
        return Modality.IN_PERSON if self is SiteKind.VENUE else Modality.VIRTUAL


class SeatState(StrEnum):
    """Life of a seat."""

    RESERVED = "reserved"
    """A factory's, for somebody who is named later."""
    REQUESTED = "requested"
    OFFERED = "offered"
    """Held for a time for whoever waited longest, who takes it or not."""
    BOOKED = "booked"
    WAIT_LISTED = "wait_listed"
    DECLINED = "declined"
    """The programme did not give it."""
    WITHDRAWN = "withdrawn"
    RELEASED = "released"
    """Reserved, or waiting without a name, and nobody was named in time."""


HOLDING = frozenset({SeatState.RESERVED, SeatState.OFFERED, SeatState.BOOKED})
"""Seats that take a place. A request and the waiting list take none."""

UNNAMED = frozenset({SeatState.RESERVED, SeatState.WAIT_LISTED, SeatState.WITHDRAWN, SeatState.RELEASED})
"""States in which a seat can be without a person."""

_LEAVES = {SeatState.WITHDRAWN}
_ASKS = frozenset({SeatState.REQUESTED, SeatState.BOOKED, SeatState.WAIT_LISTED})
SEAT_MOVES: dict[SeatState, frozenset[SeatState]] = {
    SeatState.RESERVED: frozenset({SeatState.BOOKED, SeatState.RELEASED, *_LEAVES}),
    SeatState.REQUESTED: frozenset({SeatState.BOOKED, SeatState.WAIT_LISTED, SeatState.DECLINED, *_LEAVES}),
    SeatState.WAIT_LISTED: frozenset(
        {SeatState.RESERVED, SeatState.OFFERED, SeatState.BOOKED, SeatState.RELEASED, *_LEAVES}
    ),
    SeatState.OFFERED: frozenset({SeatState.BOOKED, SeatState.WAIT_LISTED, *_LEAVES}),
    SeatState.BOOKED: frozenset({SeatState.WAIT_LISTED, *_LEAVES}),
    SeatState.DECLINED: _ASKS,
    SeatState.WITHDRAWN: _ASKS,
    SeatState.RELEASED: frozenset(),
}


class WaitingPolicy(StrEnum):
    """Who gets a place that becomes free."""

    FIRST_COME = "first_come"
    OFFER = "offer"
    """It is offered to whoever waits longest, for a time."""
    MANUAL = "manual"
    """Whoever plans decides, in an order that can be changed."""
    FAIR_SHARE = "fair_share"
    """Whoever waits longest of the factory that has the fewest places."""


class Participation(StrEnum):
    """What a calendar answered (PARTSTAT of RFC 5545)."""

    NEEDS_ACTION = "needs_action"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    DELEGATED = "delegated"


class Phase(StrEnum):
    """Where a training session stands by the clock."""

    COMING = "coming"
    RUNNING = "running"
    PAST = "past"


def may_become(moves: Mapping[State, frozenset[State]], now: State, then: State) -> bool:
    """Whether one of the tables above allows the move. Staying is no move."""
    return then in moves[now]


def is_open(state: TrainingState) -> bool:
    """Whether a training session can still change: its times, its seats."""
    return state not in {TrainingState.CLOSED, TrainingState.CANCELLED}


def joins_by_link(meeting: Modality, seat: Modality) -> bool:
    """Whether somebody whose seat says `seat` joins by link; where all meet in one way, the seat says nothing."""
    return seat is Modality.VIRTUAL if meeting is Modality.HYBRID else meeting is Modality.VIRTUAL


def standing(state: TrainingState, now: Phase) -> Standing:
    """What is shown of a training session: a confirmed one is in progress or held as soon as the clock says so."""
    if state is not TrainingState.CONFIRMED:
        return Standing(state.value)
    return {Phase.RUNNING: Standing.IN_PROGRESS, Phase.PAST: Standing.HELD}.get(now, Standing.CONFIRMED)


def phase(first_start: datetime, last_end: datetime, at: datetime) -> Phase:
    """Coming until the first half-day starts, past when the last has ended, running in between."""
    if at < first_start:
        return Phase.COMING
    return Phase.RUNNING if at < last_end else Phase.PAST
