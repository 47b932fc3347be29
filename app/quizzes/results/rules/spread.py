"""How scores are spread."""

from collections.abc import Iterable

CLASSES = 10


def spread(scores: Iterable[tuple[float, float, int]]) -> tuple[int, ...]:
    """How many people have a share of 0 to under 10 %, of 10 to under 20 % ... of 90 to 100 %.

    `scores` are points, points that there were, and how many people have them.
    """
    counts = [0] * CLASSES
    for score, most, people in scores:
        share = score / most if most else 0.0
        counts[min(CLASSES - 1, max(0, int(share * CLASSES + 1e-9)))] += people
    return tuple(counts)
