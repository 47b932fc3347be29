"""Sums that tell nothing of their parts. Pure.

Whoever holds the links of all factories knows each number there to within five people. A sum is told here as a step on
a scale, and a step is left out where being above or below it would narrow any part: so a country tells of no factory
what its link does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.access.small_numbers import FEWEST
from app.reports.sharing.rules import down

WIDE = 2 * FEWEST
"""Of a number that no link is about, so many values stay possible."""


@dataclass(frozen=True)
class Open:
    """What a reader does not know of a number: it lies from `least` to `most`. Hearing that it is at least `rise`, or
    at most `fall`, narrows no part of it.
    """

    least: int
    most: int
    rise: int
    fall: int

    @property
    def mirrored(self) -> "Open":
        return Open(-self.most, -self.least, -self.fall, -self.rise)

    def allows(self, bound: int) -> bool:
        """Whether a reader may hear on which side of a bound it lies: at least that, or less."""
        return bound <= self.least or bound > self.most or (bound <= self.rise and bound - 1 >= self.fall)


def known_to(least: int, most: int) -> Open:
    """What a link leaves open: nothing of it may be narrowed."""
    return Open(least, most, least, most)


def unknown(most: int) -> Open:
    """A number that no link is about."""
    return Open(0, most, max(0, most - WIDE + 1), min(most, WIDE - 1))


def together(parts: Sequence[Open]) -> Open:
    """What is open of a sum. A bound reaches a part only by what all others leave of it."""
    least, most = sum(each.least for each in parts), sum(each.most for each in parts)
    rise = min((each.rise - each.most for each in parts), default=0)
    fall = max((each.fall - each.least for each in parts), default=0)
    return Open(least, most, most + rise, least + fall)


def at_least(number: int, of: Open, step: int) -> tuple[int, Open]:
    """The highest step not above a number that may be told, and what is still open of it then."""
    shown = down(number, step)
    while not of.allows(shown):
        shown -= step
    above = shown + step
    while not of.allows(above):
        above += step
    return shown, Open(max(of.least, shown), min(of.most, above - 1), of.rise, of.fall)


def at_most(number: int, of: Open, step: int) -> tuple[int, Open]:
    """The lowest step not below a number that may be told, and what is still open of it then."""
    shown, left = at_least(-number, of.mirrored, step)
    return -shown, left.mirrored


def shared_out(limit: int, known: dict[str, int], wanted: dict[str, int]) -> dict[str, int]:
    """Numbers that are told apart by another thing, each at most as it is wanted and together at most the limit; what
    is known already counts. The small ones first.
    """
    left = limit - sum(known.values())
    found = {}
    for value in sorted(wanted, key=lambda each: (abs(wanted[each]), each)):
        more = max(0, min(wanted[value] - known[value], left))
        left -= more
        found[value] = min(wanted[value], known[value] + more)
    return found
