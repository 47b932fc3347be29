"""The arithmetic of results. Pure."""

from app.quizzes.results.rules.flags import Flag, Judged, flags
from app.quizzes.results.rules.gain import Change, Gain, Pairs, change, gain
from app.quizzes.results.rules.groups import LEAST_SHOWN, shown_groups
from app.quizzes.results.rules.languages import Differs, differing
from app.quizzes.results.rules.moments import NOBODY, Moments, of_same
from app.quizzes.results.rules.spread import spread
from app.quizzes.results.rules.timing import CAP, typical_seconds

__all__ = [
    "CAP",
    "LEAST_SHOWN",
    "NOBODY",
    "Change",
    "Differs",
    "Flag",
    "Gain",
    "Judged",
    "Moments",
    "Pairs",
    "change",
    "differing",
    "flags",
    "gain",
    "of_same",
    "shown_groups",
    "spread",
    "typical_seconds",
]
