"""The doors to training sessions."""

from app.sessions.views import (
    changing,
    copying,
    helping,
    meetings,
    nominations,
    planning,
    seats,
    sites,
    states,
    switching,
    trainings,
)
from app.sessions.views.blueprint import bp

__all__ = [
    "bp",
    "changing",
    "copying",
    "helping",
    "meetings",
    "nominations",
    "planning",
    "seats",
    "sites",
    "states",
    "switching",
    "trainings",
]
