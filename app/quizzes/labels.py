"""How the rules of quizzes are said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.platform.i18n import lazy
from app.quizzes.rules import Counts, Release, WhenLate

COUNTING = {
    Counts.BEST: lazy("The best result counts."),
    Counts.LAST: lazy("The last result counts."),
    Counts.FIRST: lazy("The first result counts."),
    Counts.AVERAGE: lazy("The average of your results counts."),
}

RELEASE = {
    Release.AT_ONCE: lazy("The right answers are shown as soon as you hand in."),
    Release.AFTER_CLOSING: lazy("The right answers are shown when the quiz is closed for everybody."),
    Release.NEVER: lazy("The right answers are not shown."),
}

WHEN_LATE = {
    WhenLate.SUBMIT: lazy("When time is over, what you have saved is handed in by itself."),
    WhenLate.GRACE: lazy("When time is over you can still hand in for a while, but answer no more."),
    WhenLate.ABANDON: lazy("Hand in before time is over. Otherwise it does not count."),
}


@dataclass(frozen=True)
class RuleWords:
    """How each rule is said."""

    counting: Mapping[Counts, Any]
    late: Mapping[WhenLate, Any]
    release: Mapping[Release, Any]


RULES = RuleWords(COUNTING, WHEN_LATE, RELEASE)
