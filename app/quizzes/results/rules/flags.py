"""What should be mended in a question, judged by the answers to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.quizzes.results.rules.groups import LEAST_SHOWN
from app.quizzes.results.rules.moments import Moments

LEAST_TO_JUDGE = 20
"""People below which nothing is said about a question: chance would speak."""
TOO_HARD, TOO_EASY = 0.30, 0.95
"""Mean points of a question (0..1) below and above which it tells little."""


class Flag(StrEnum):
    """Something to look at."""

    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    BACKWARDS = "backwards"
    """Who does well in the other questions does worse in this one."""
    UNCHOSEN = "unchosen"
    """A wrong option that nobody chooses."""
    BETTER_WRONG = "better_wrong"
    """Those who chose a wrong option did better in the other questions than those who chose the best one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An option: its points (0..1), how many chose it, their mean points in the other questions."""

    points: float
    n: int
    mean_rest: float | None


def flags(whole: Moments, options: Sequence[Judged], least: int = LEAST_TO_JUDGE) -> tuple[Flag, ...]:
    """What to look at in a question; nothing below `least` people. `options` is empty where nothing is chosen."""
    facility = whole.mean_x
    if whole.n < least or facility is None:
        return ()
    correlation = whole.correlation
    told = {
        Flag.TOO_HARD: facility < TOO_HARD,
        Flag.TOO_EASY: facility > TOO_EASY,
        Flag.BACKWARDS: correlation is not None and correlation < 0,
        Flag.UNCHOSEN: facility <= TOO_EASY and any(each.points <= 0 and not each.n for each in options),
        Flag.BETTER_WRONG: _is_better_wrong(options),
    }
    return tuple(flag for flag, is_so in told.items() if is_so)


def _is_better_wrong(options: Sequence[Judged]) -> bool:
    best = max((each.points for each in options), default=0.0)
    seen = [each for each in options if each.n >= LEAST_SHOWN and each.mean_rest is not None]
    right = [each.mean_rest for each in seen if each.points == best and each.mean_rest is not None]
    wrong = [each.mean_rest for each in seen if each.points < best and each.mean_rest is not None]
    return bool(right and wrong) and max(wrong) > max(right)
