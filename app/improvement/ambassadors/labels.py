"""Words of ambassadors."""

from typing import Any

from app.improvement.ambassadors.rules import AmbassadorKind, Pace, TaskState, TermState
from app.platform.i18n import lazy

KINDS: dict[AmbassadorKind, Any] = {
    AmbassadorKind.AMBASSADOR: lazy("Factory Ambassador"),
    AmbassadorKind.MASTER_TRAINER: lazy("Master trainer"),
}
STATES: dict[TermState, Any] = {
    TermState.COMING: lazy("Begins later"),
    TermState.CURRENT: lazy("Ambassador now"),
    TermState.ENDED: lazy("Term is over"),
    TermState.LEFT: lazy("Left the factory"),
}
PACES: dict[Pace, Any] = {
    Pace.DONE: lazy("All modules done"),
    Pace.ON_PACE: lazy("On pace"),
    Pace.BEHIND: lazy("Behind"),
    Pace.FREE: lazy("No time is set"),
}
PACE_SIGNS: dict[Pace, str] = {Pace.DONE: "done", Pace.ON_PACE: "plain", Pace.BEHIND: "need", Pace.FREE: "plain"}
TASKS: dict[TaskState, Any] = {
    TaskState.OPEN: lazy("Not logged yet"),
    TaskState.LOGGED: lazy("Waits for a trainer or advisor"),
    TaskState.MORE_NEEDED: lazy("More is needed"),
    TaskState.CONFIRMED: lazy("Confirmed"),
}
TASK_SIGNS: dict[TaskState, str] = {
    TaskState.OPEN: "off", TaskState.LOGGED: "plain", TaskState.MORE_NEEDED: "need", TaskState.CONFIRMED: "done",
}
