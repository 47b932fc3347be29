"""What training sessions tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.platform.bus import Event


@dataclass(frozen=True)
class EntryChange:
    """A recipient's calendar entry must be made or moved (`REQUEST`) or removed (`CANCEL`).

    `before` is what the recipient had been told until now, empty for a new entry: it is not stored any more.
    """

    invitation_id: int
    method: str
    before: Mapping[str, Any]


@dataclass(frozen=True)
class FewPeople(Event):
    """Fewer people are booked than a training session needs, and soon nobody can ask any more."""

    training_id: int


@dataclass(frozen=True)
class InvitationsChanged(Event):
    """Calendars must follow what has become of a training session: one act, however many recipients."""

    training_id: int
    changes: tuple[EntryChange, ...]


@dataclass(frozen=True)
class ProposalDeclined(Event):
    """Somebody had proposed another time for a half-day by his calendar; it stays when it is."""

    invitation_id: int


@dataclass(frozen=True)
class MeetingAdded(Event):
    """A training session has a half-day more."""

    meeting_id: int
    training_id: int


@dataclass(frozen=True)
class MeetingCancelled(Event):
    """A half-day of a training session will not take place, or no longer counts."""

    meeting_id: int
    training_id: int


@dataclass(frozen=True)
class MeetingMoved(Event):
    """A half-day of a training session is held at another time."""

    meeting_id: int
    training_id: int


@dataclass(frozen=True)
class NamesDue(Event):
    """A factory has seats without a name that will soon be given free."""

    training_id: int
    factory_id: int


@dataclass(frozen=True)
class SeatGivenBack(Event):
    """A person took the own seat back, or let an offer or the waiting list go."""

    training_id: int
    seat_id: int


@dataclass(frozen=True)
class MeetingsSwitched(Event):
    """Half-days of a training session are held by link now, or in person, and were not before."""

    training_id: int
    meeting_ids: tuple[int, ...]


@dataclass(frozen=True)
class SeatsSettled(Event):
    """Seats of one factory moved in one act; `is_swap` when one person came instead of another."""

    training_id: int
    factory_id: int
    seat_ids: tuple[int, ...]
    is_swap: bool = False


@dataclass(frozen=True)
class TrainingCancelled(Event):
    """A training session will not take place."""

    training_id: int


@dataclass(frozen=True)
class TrainingClosed(Event):
    """A training session is over for good: what was held and who was there stands."""

    training_id: int


@dataclass(frozen=True)
class TrainingReopened(Event):
    """A closed training session can be corrected again."""

    training_id: int


@dataclass(frozen=True)
class TrainingConfirmed(Event):
    """A training session will take place."""

    training_id: int


@dataclass(frozen=True)
class TrainingPostponed(Event):
    """The half-days of a training session that had not begun wait for other dates; seats are kept."""

    training_id: int


@dataclass(frozen=True)
class TrainingResumed(Event):
    """A postponed training session has dates again."""

    training_id: int


@dataclass(frozen=True)
class TrainingSettled(Event):
    """Something of a training session was changed: its state, its half-days, its seats, who teaches it."""

    training_id: int
