"""Reading who checked in, and what a code leads to."""

from app.attendance.checkin.queries.clock import moment_of_all
from app.attendance.checkin.queries.listing import Arrival, arrivals, checked_in, numbers, old_codes, own
from app.attendance.checkin.queries.places import There, factories_of, lone_factory, seat_at, there, typed, with_site

__all__ = [
    "Arrival",
    "There",
    "arrivals",
    "checked_in",
    "factories_of",
    "lone_factory",
    "moment_of_all",
    "numbers",
    "old_codes",
    "own",
    "seat_at",
    "there",
    "typed",
    "with_site",
]
