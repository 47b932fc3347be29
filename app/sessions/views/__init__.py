"""The doors to training sessions."""

from app.sessions.views import (
    changing,
    helping,
    meetings,
    nominations,
    planning,
    seats,
    sites,
    states,
    trainings,
)
from app.sessions.views.blueprint import bp

__all__ = [
    "bp",
    "changing",
    "helping",
    "meetings",
    "nominations",
    "planning",
    "seats",
    "sites",
    "states",
    "trainings",
]
