"""Places, and who holds them. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


def smallest_free(taken: Iterable[int], capacity: int) -> int | None:
    """The smallest place of 1..capacity that nobody has, or None when it is full."""
    occupied = set(taken)
    return next((place for place in range(1, capacity + 1) if place not in occupied), None)


def free_place(taken: Iterable[int], capacity: int) -> int | None:
    """The smallest free place, or None while as many are taken as there are: whoever has a place above a capacity that
    was lowered, or came on the day without a seat, counts as well.
    """
    occupied = set(taken)
    return smallest_free(occupied, capacity) if len(occupied) < capacity else None


def extra_place(taken: Iterable[int], capacity: int) -> int:
    """A free place of the capacity, or the first one above all: for somebody who stands at the door."""
    occupied = set(taken)
    return free_place(occupied, capacity) or max([capacity, *occupied]) + 1


@dataclass(frozen=True)
class Holder:
    """Somebody with a place of one kind; `is_away` at the half-day that is asked about."""

    place: int
    is_away: bool


def taken_at(holders: Iterable[Holder], guests: Collection[int]) -> set[int]:
    """Places of one kind that are taken at one half-day: of those who come as their seat says, and of those who come so
    only at this half-day.
    """
    return {holder.place for holder in holders if not holder.is_away} | set(guests)
