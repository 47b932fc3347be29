"""What training sessions tell."""

from dataclasses import dataclass

from app.platform.bus import Event


@dataclass(frozen=True)
class InvitationChanged(Event):
    """A recipient's calendar entry must be made or moved (`REQUEST`) or removed (`CANCEL`)."""

    invitation_id: int
    method: str


@dataclass(frozen=True)
class SeatSettled(Event):
    """A nomination was booked, wait-listed or withdrawn."""

    seat_id: int


@dataclass(frozen=True)
class TrainingCancelled(Event):
    """A training session will not take place."""

    training_id: int


@dataclass(frozen=True)
class TrainingConfirmed(Event):
    """A training session will take place."""

    training_id: int
