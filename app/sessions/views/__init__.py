"""The doors to training sessions."""

from app.sessions.views import (
    changing,
    copying,
    helping,
    meetings,
    nominations,
    own,
    places,
    planning,
    seat,
    seats,
    sites,
    states,
    switching,
    trainings,
    walk_ins,
)
from app.sessions.views.blueprint import bp

__all__ = [
    "bp",
    "changing",
    "copying",
    "helping",
    "meetings",
    "nominations",
    "own",
    "places",
    "planning",
    "seat",
    "seats",
    "sites",
    "states",
    "switching",
    "trainings",
    "walk_ins",
]
