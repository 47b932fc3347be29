"""What is known of a drill. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.completions.rules import months_later

MOST_PEOPLE, MOST_MINUTES = 50_000, 240


class DrillKind(StrEnum):
    """What was practised."""

    FIRE = "fire"
    EVACUATION = "evacuation"
    FIRST_AID = "first_aid"
    CHEMICAL_SPILL = "chemical_spill"


class Shift(StrEnum):
    """Who was there."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    ALL = "all"


class Learnt(StrEnum):
    """What went wrong or well enough to note; words of one's own would be words about people."""

    NOTHING = "nothing"
    ALARM_NOT_HEARD = "alarm_not_heard"
    EXIT_BLOCKED = "exit_blocked"
    EXIT_LOCKED = "exit_locked"
    ROUTE_NOT_KNOWN = "route_not_known"
    COUNT_NOT_RIGHT = "count_not_right"
    WORK_WENT_ON = "work_went_on"
    EQUIPMENT_MISSING = "equipment_missing"
    ROLES_NOT_KNOWN = "roles_not_known"
    SOME_NEED_HELP = "some_need_help"


def is_held_often_enough(days: Iterable[date], months: int, since: date, until: date) -> bool:
    """Whether between two days never more than so many months went by without a drill (DOMAIN 6.1, R5).

    The first may come within so many months of `since`.
    """
    last = since
    for day in sorted(day for day in days if since <= day <= until):
        if day > months_later(last, months):
            return False
        last = day
    return until <= months_later(last, months)
