"""Places and who waits for them."""

from collections.abc import Iterable


def smallest_free(taken: Iterable[int], capacity: int) -> int | None:
    """The smallest place of 1..capacity that nobody has, or None when it is full."""
    occupied = set(taken)
    return next((place for place in range(1, capacity + 1) if place not in occupied), None)
