"""What changed between two tests of the same people."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from app.quizzes.results.rules.groups import LEAST_SHOWN
from app.quizzes.results.rules.student import interval

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Pairs:
    """Of `n` people who took both tests: sums of the shares (0..1) before and after, of the squares before, and of the
    squared differences.
    """

    n: int
    before: float
    after: float
    before_squares: float
    difference_squares: float

    def __add__(self, other: "Pairs") -> "Pairs":
        return Pairs(
            self.n + other.n, self.before + other.before, self.after + other.after,
            self.before_squares + other.before_squares, self.difference_squares + other.difference_squares,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gain:
    """Mean shares before and after, the mean gain with the interval that holds it in 95 of 100 such samples, and the
    gain in standard deviations of the shares before; None where these did not differ.
    """

    n: int
    before: float
    after: float
    mean: float
    low: float
    high: float
    effect: float | None


class Change(StrEnum):
    """How a gain is spoken of."""

    UNCLEAR = "unclear"
    """None at all would fit as well."""
    WORSE = "worse"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


def gain(pairs: Pairs, least: int = LEAST_SHOWN) -> Gain | None:
    """The gain of matched people, paired; None for fewer than `least`. Source of the interval: Student's t of the
    differences.
    """
    if pairs.n < max(2, least):
        return None
    n, before, after = pairs.n, pairs.before / pairs.n, pairs.after / pairs.n
    mean = after - before
    low, high = interval(mean, _variance(n, mean, pairs.difference_squares), n)
    spread = sqrt(_variance(n, before, pairs.before_squares))
    return Gain(n, before, after, mean, max(-1.0, low), min(1.0, high), mean / spread if spread > 0 else None)


def change(found: Gain) -> Change:
    """How to speak of it. Source of the bounds 0.5 and 0.8: Cohen, Statistical Power Analysis, ch. 2."""
    if found.low <= 0 <= found.high:
        return Change.UNCLEAR
    if found.mean < 0:
        return Change.WORSE
    if found.effect is None or found.effect >= 0.8:
        return Change.LARGE
    return Change.MEDIUM if found.effect >= 0.5 else Change.SMALL


def _variance(n: int, mean: float, squares: float) -> float:
    """Of a sample; rounding must not look like a difference."""
    variance = (squares - n * mean * mean) / (n - 1)
    return variance if variance > _NOTHING else 0.0
