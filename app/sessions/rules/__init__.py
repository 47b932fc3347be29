"""States, places, times and invitations of training sessions. Pure."""

from app.sessions.rules.states import (
    ALLOWED_MOVES,
    MEETING_MOVES,
    SEAT_MOVES,
    MeetingState,
    Modality,
    Phase,
    SeatState,
    SiteKind,
    TrainingState,
    is_open,
    may_become,
    phase,
)

__all__ = [
    "ALLOWED_MOVES",
    "MEETING_MOVES",
    "SEAT_MOVES",
    "MeetingState",
    "Modality",
    "Phase",
    "SeatState",
    "SiteKind",
    "TrainingState",
    "is_open",
    "may_become",
    "phase",
]
