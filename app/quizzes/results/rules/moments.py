"""Sums from which means and correlations follow, so that a database can make them of any number of people."""

from dataclasses import dataclass
from math import sqrt

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Moments:
    """Of `n` people: sums of their points in one question (x), of those in all the others (y), of the squares of both
    and of their products.
    """

    n: int
    x: float
    xx: float
    y: float
    yy: float
    xy: float

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(
            self.n + other.n, self.x + other.x, self.xx + other.xx,
            self.y + other.y, self.yy + other.yy, self.xy + other.xy,
        )  # fmt: skip

    def __sub__(self, other: "Moments") -> "Moments":
        return Moments(
            self.n - other.n, self.x - other.x, self.xx - other.xx,
            self.y - other.y, self.yy - other.yy, self.xy - other.xy,
        )  # fmt: skip

    @property
    def mean_x(self) -> float | None:
        """Mean points in the question; as a question is worth one point, its facility."""
        return self.x / self.n if self.n else None

    @property
    def mean_y(self) -> float | None:
        """Mean points in all the other questions."""
        return self.y / self.n if self.n else None

    @property
    def sxx(self) -> float:
        """Sum of squared distances of x from its mean."""
        return _distance(self.n, self.x, self.x, self.xx)

    @property
    def syy(self) -> float:
        return _distance(self.n, self.y, self.y, self.yy)

    @property
    def sxy(self) -> float:
        return self.xy - self.x * self.y / self.n if self.n else 0.0

    @property
    def correlation(self) -> float | None:
        """Pearson's r of the question with the rest, in -1..1; None where one of them is the same for everybody.

        Source: corrected item-total correlation, the question itself left out of the total (Nunnally, Psychometric
        Theory).
        """
        if self.n < 3 or self.sxx <= 0 or self.syy <= 0:
            return None
        return max(-1.0, min(1.0, self.sxy / sqrt(self.sxx * self.syy)))


NOBODY = Moments(0, 0.0, 0.0, 0.0, 0.0, 0.0)


def of_same(n: int, scores: float, squares: float, points: float) -> Moments:
    """Of `n` people with the same `points` in the question: from the sums of their whole scores and of the squares."""
    return Moments(
        n, n * points, n * points**2,
        scores - n * points, squares - 2 * points * scores + n * points**2, points * (scores - n * points),
    )  # fmt: skip


def _distance(n: int, a: float, b: float, products: float) -> float:
    """Rounding of large sums must not look like a difference."""
    if not n:
        return 0.0
    distance = products - a * b / n
    return distance if distance > _NOTHING * max(1.0, products) else 0.0
