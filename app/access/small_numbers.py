"""Numbers about few people are not shown to those who may know a factory in numbers only (DOMAIN 5.3). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 5
"""Fewer people than this are not told apart."""


class Hidden(StrEnum):
    """What stands in the place of a number."""

    FEW = "few"
    """The number is below `FEWEST`; nothing more can be known of it."""
    GUARD = "guard"
    """With the other numbers it would give away one that is below `FEWEST` - perhaps itself."""


Shown = int | Hidden


@dataclass(frozen=True)
class Guarded:
    """A total with its parts, each a number or why there is none."""

    total: Shown
    parts: tuple[Shown, ...]


def guarded(parts: Sequence[int]) -> Guarded:
    """Parts and their total as they may be shown; `parts` are counts of people, none below 0.

    No hidden number can be computed from what is shown, not even by who knows this rule: with the small parts the first
    large one is hidden, and where that does not blur them enough, the total too. Where there is nobody, nothing is
    hidden. It holds for a row whose numbers stand nowhere else: sums of such rows must not be shown.
    """
    total = sum(parts)
    if total == 0:
        return Guarded(0, tuple(parts))
    if total < FEWEST:
        return Guarded(Hidden.FEW, tuple(Hidden.FEW for _part in parts))
    small = {place for place, part in enumerate(parts) if part < FEWEST}
    if not small:
        return Guarded(total, tuple(parts))
    # Not the smallest of the large ones: it would be known to be smaller than what is shown.
    guard = next((place for place in range(len(parts)) if place not in small), None)
    hidden = sum(parts[place] for place in small | ({guard} if guard is not None else set()))
    is_blurred = guard is not None and hidden >= 2 * FEWEST - 1
    words = dict.fromkeys(small, Hidden.FEW if is_blurred else Hidden.GUARD)
    if guard is not None:
        words[guard] = Hidden.GUARD
    shown = tuple(words.get(place, part) for place, part in enumerate(parts))
    return Guarded(total if is_blurred else Hidden.GUARD, shown)
