"""How regrading is said."""

from collections.abc import Mapping
from typing import Any

from app.platform.i18n import lazy
from app.quizzes.rules import AttemptState, Late

ABOUT: Mapping[str, Any] = {
    "key_change": lazy("The key of a question was changed"),
    "late_answer": lazy("A late answer was decided"),
    "manual_grade": lazy("An answer was graded again"),
    "reopening": lazy("The attempt was opened again"),
}

LATE: Mapping[Late, Any] = {
    Late.AFTER_TIME: lazy("After the time was over"),
    Late.AFTER_HANDING_IN: lazy("After the quiz was handed in"),
}

STATES: Mapping[AttemptState, tuple[Any, str]] = {
    AttemptState.NOT_STARTED: (lazy("Not started"), "plain"),
    AttemptState.IN_PROGRESS: (lazy("Answering now"), "now"),
    AttemptState.OVERDUE: (lazy("Time is over, not handed in"), "need"),
    AttemptState.SUBMITTED: (lazy("Handed in, not graded yet"), "need"),
    AttemptState.GRADED: (lazy("Graded"), "done"),
    AttemptState.ABANDONED: (lazy("Not handed in"), "off"),
}

KINDS: Mapping[str, Any] = {
    "single": lazy("One answer"),
    "multiple": lazy("Several answers"),
    "true_false": lazy("True or false"),
    "short": lazy("A word"),
    "numeric": lazy("A number"),
    "matching": lazy("Pairs"),
    "ordering": lazy("Order"),
    "observed": lazy("A task that the trainer watches"),
    "essay": lazy("Open answer"),
    "description": lazy("Text without a question"),
}
