"""Which of several attempts counts. Pure."""

from collections.abc import Sequence
from fractions import Fraction

from app.quizzes.rules.policy import Counts


def counted_share(shares: Sequence[Fraction], counts: Counts) -> Fraction | None:
    """The share (0..1) that counts of those reached, which come in their order; None when there is none."""
    if not shares:
        return None
    match counts:
        case Counts.BEST:
            return max(shares)
        case Counts.LAST:
            return shares[-1]
        case Counts.FIRST:
            return shares[0]
        case Counts.AVERAGE:
            return sum(shares, Fraction(0)) / len(shares)
