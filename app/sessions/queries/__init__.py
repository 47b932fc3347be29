"""Reading training sessions, always as far as the actor may see."""

from app.sessions.queries.lookup import (
    booked,
    by_code,
    held_meetings,
    seat_of,
    seats_of,
    shared_trainings,
    training_for,
    trainings_of_factory,
    visible,
)

__all__ = [
    "booked",
    "by_code",
    "held_meetings",
    "seat_of",
    "seats_of",
    "shared_trainings",
    "training_for",
    "trainings_of_factory",
    "visible",
]
