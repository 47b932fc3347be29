"""Reading what somebody learns alone, and what others may see of it."""

from app.lessons.queries.logs import (
    Logged,
    log_of,
    logged,
    logs_of_factory,
    logs_of_person,
    logs_of_unit,
    own_log,
    place_of,
    seen_log,
)
from app.lessons.queries.studied import Studied, Upcoming, next_thing, standing, studied, studied_all
from app.lessons.queries.texts import Reading, newer, reading

__all__ = [
    "Logged",
    "Reading",
    "Studied",
    "Upcoming",
    "log_of",
    "logged",
    "logs_of_factory",
    "logs_of_person",
    "logs_of_unit",
    "newer",
    "next_thing",
    "own_log",
    "place_of",
    "reading",
    "seen_log",
    "standing",
    "studied",
    "studied_all",
]
