"""States and moves of training sessions, seats and meetings. Pure."""

from enum import StrEnum


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
