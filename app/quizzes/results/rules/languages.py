"""Whether a question is harder in one language than in others, beyond chance and beyond how much its readers know."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from math import sqrt
from operator import add
from typing import TypeVar

from app.quizzes.results.rules.moments import NOBODY, Moments
from app.quizzes.results.rules.student import two_sided

LEAST_COMPARED = 20
"""People on each side of a comparison."""
SURE = 0.05
"""The chance of one or more false alarms in a whole quiz."""
MATTERS = 0.10
"""A difference of so many points (0..1) is worth a look; a smaller one can be sure and still not matter."""

_LEAST_RELIABLE = 0.3
"""A quiz that measures nothing would correct for anything."""

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Differs:
    """A language in which a question behaves differently. `difference` (-1..1) is its facility less that of the others,
    had the readers of both done equally well in the other questions; `chance` is corrected for all comparisons.
    """

    language: str
    facility: float
    others: float
    difference: float
    chance: float


def differing(items: Mapping[Item, Mapping[str, Moments]]) -> dict[Item, list[Differs]]:
    """Question -> the languages in which it behaves differently, of moments by language of those who answered.

    Each language is held against all the others together by an analysis of covariance with the points in the other
    questions as covariate. As these measure only roughly what somebody knows, weak readers would look misled: the slope
    is corrected for the reliability of the quiz (Cronbach's alpha within languages), and what is seen without the
    correction alone is not told. The chances are corrected by Holm's step-down method over all comparisons of the quiz.
    Sources: Fisher, Statistical Methods for Research Workers, ch. VIII; Porter 1967 on errors in the covariate; Holm
    1979, Scand. J. Statist. 6, 65-70.
    """
    reliability = max(_LEAST_RELIABLE, _alpha(items))
    compared = [(item, found) for item, of in items.items() for found in _comparisons(of, reliability)]
    compared.sort(key=lambda pair: pair[1].told.chance)
    marked: dict[Item, list[Differs]] = {}
    worst = 0.0
    for place, (item, found) in enumerate(compared):
        worst = max(worst, min(1.0, found.told.chance * (len(compared) - place)))
        if worst <= SURE and found.matters:
            marked.setdefault(item, []).append(replace(found.told, chance=worst))
    return marked


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A language against the others, and the difference without correction for reliability."""

    told: Differs
    uncorrected: float

    @property
    def matters(self) -> bool:
        both = self.told.difference, self.uncorrected
        return min(both) >= MATTERS or max(both) <= -MATTERS


def _alpha(items: Mapping[Item, Mapping[str, Moments]]) -> float:
    """Cronbach's alpha within languages."""
    parts = [moments for of in items.values() for moments in of.values()]
    of_questions = sum(each.sxx for each in parts)
    of_scores = sum(each.sxx + 2 * each.sxy + each.syy for each in parts) / max(1, len(items))
    if len(items) < 2 or of_scores <= 0:
        return 0.0
    return min(1.0, len(items) / (len(items) - 1) * (1 - of_questions / of_scores))


def _comparisons(of: Mapping[str, Moments], reliability: float) -> list[_Comparison]:
    """Each language against the others. Of two languages there is one comparison: that of the harder one."""
    everybody = reduce(add, of.values(), NOBODY)
    pairs = [(language, mine, everybody - mine) for language, mine in of.items()]
    found = [
        _compared(language, mine, others, reliability)
        for language, mine, others in pairs
        if min(mine.n, others.n) >= LEAST_COMPARED
    ]
    if len([moments for moments in of.values() if moments.n]) == 2:
        return sorted(found, key=lambda each: each.told.difference)[:1]
    return found


def _compared(language: str, mine: Moments, others: Moments, reliability: float) -> _Comparison:
    sxx, syy, sxy = mine.sxx + others.sxx, mine.syy + others.syy, mine.sxy + others.sxy
    plain = sxy / syy if syy > 0 else 0.0
    apart = mine.y / mine.n - others.y / others.n
    facility, theirs = mine.x / mine.n, others.x / others.n
    difference = facility - theirs - plain / reliability * apart
    freedom = mine.n + others.n - 3
    left = max(0.0, sxx - plain * sxy) / freedom
    of_slope = (apart / reliability) ** 2 / syy if syy > 0 else 0.0
    error = sqrt(left * (1 / mine.n + 1 / others.n + of_slope))
    # Without any error everybody of a side answered alike.
    chance = two_sided(difference / error, freedom) if error > 0 else float(abs(difference) < MATTERS)
    told = Differs(language, facility, theirs, difference, chance)
    return _Comparison(told, facility - theirs - plain * apart)
