"""When somebody is reminded of a certificate that ends. Pure."""

from datetime import date, timedelta
from enum import StrEnum

SOON_DAYS = timedelta(days=14)
"""So long before the last day one is reminded again."""
APART = timedelta(days=7)
"""Two reminders lie at least so far apart."""
WEEK = timedelta(days=6)
"""A factory that hears once a week hears of all that begins until the next time."""


class Stage(StrEnum):
    """Which reminder it is."""

    OPEN = "open"
    SOON = "soon"


def stage(opens: date, last: date, today: date) -> Stage | None:
    """The reminder that is due on a day for what can be renewed from `opens` to `last`; None before and after."""
    if not opens <= today <= last:
        return None
    soon = last - SOON_DAYS
    return Stage.SOON if today >= soon and soon - opens >= APART else Stage.OPEN


def stage_of_week(opens: date, last: date, today: date) -> Stage | None:
    """The same for who hears of it once a week."""
    return stage(opens, last, min(today + WEEK, last)) if today <= last else None
