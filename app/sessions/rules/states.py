"""States and moves of training sessions, meetings and seats."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

State = TypeVar("State", bound=StrEnum)


class TrainingState(StrEnum):
    """Life of a training session."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


ALLOWED_MOVES: dict[TrainingState, frozenset[TrainingState]] = {
    TrainingState.TENTATIVE: frozenset({TrainingState.CONFIRMED, TrainingState.CANCELLED}),
    TrainingState.CONFIRMED: frozenset({TrainingState.CLOSED, TrainingState.CANCELLED}),
    TrainingState.CLOSED: frozenset(),
    TrainingState.CANCELLED: frozenset(),
}


class MeetingState(StrEnum):
    """A meeting is planned or cancelled; whether it is over, the clock says."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


MEETING_MOVES: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset({MeetingState.CANCELLED}),
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

    REQUESTED = "requested"
    BOOKED = "booked"
    WAIT_LISTED = "wait_listed"
    WITHDRAWN = "withdrawn"


SEAT_MOVES: dict[SeatState, frozenset[SeatState]] = {
    SeatState.REQUESTED: frozenset({SeatState.BOOKED, SeatState.WAIT_LISTED, SeatState.WITHDRAWN}),
    SeatState.WAIT_LISTED: frozenset({SeatState.BOOKED, SeatState.WITHDRAWN}),
    SeatState.BOOKED: frozenset({SeatState.WITHDRAWN}),
    SeatState.WITHDRAWN: frozenset({SeatState.REQUESTED}),
}


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
    return bool(ALLOWED_MOVES[state])


def phase(first_start: datetime, last_end: datetime, at: datetime) -> Phase:
    """Coming until the first half-day starts, past when the last has ended, running in between."""
    if at < first_start:
        return Phase.COMING
    return Phase.RUNNING if at < last_end else Phase.PAST
