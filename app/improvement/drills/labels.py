"""Words of drills."""

from typing import Any

from app.improvement.drills.rules import DrillKind, Learnt, Shift
from app.platform.i18n import lazy

KINDS: dict[DrillKind, Any] = {
    DrillKind.FIRE: lazy("Fire drill"),
    DrillKind.EVACUATION: lazy("Evacuation"),
    DrillKind.FIRST_AID: lazy("First aid"),
    DrillKind.CHEMICAL_SPILL: lazy("Chemical spill"),
}
SHIFTS: dict[Shift, Any] = {
    Shift.DAY: lazy("Day shift"),
    Shift.EVENING: lazy("Evening shift"),
    Shift.NIGHT: lazy("Night shift"),
    Shift.ALL: lazy("All shifts"),
}
LEARNT: dict[Learnt, Any] = {
    Learnt.NOTHING: lazy("All went as planned"),
    Learnt.ALARM_NOT_HEARD: lazy("The alarm was not heard everywhere"),
    Learnt.EXIT_BLOCKED: lazy("An exit or aisle was blocked"),
    Learnt.EXIT_LOCKED: lazy("An exit was locked"),
    Learnt.ROUTE_NOT_KNOWN: lazy("People did not know the way out"),
    Learnt.COUNT_NOT_RIGHT: lazy("The count at the meeting point was not right"),
    Learnt.WORK_WENT_ON: lazy("Some went on working"),
    Learnt.EQUIPMENT_MISSING: lazy("Equipment was missing or did not work"),
    Learnt.ROLES_NOT_KNOWN: lazy("Teams did not know what to do"),
    Learnt.SOME_NEED_HELP: lazy("Some need help to get out"),
}
