"""Which groups of people may be shown in numbers."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST_SHOWN = 5
"""People that a group has at least when its numbers are shown."""

Group = TypeVar("Group", bound=Hashable)


def shown_groups(sizes: Mapping[Group, int], least: int = LEAST_SHOWN) -> frozenset[Group]:
    """The groups that may be shown beside their total: each of at least `least` people, and no hidden one can be found
    by subtraction, because what is hidden is nobody, or two groups and together at least `least` people.
    """
    there = {group: size for group, size in sizes.items() if size > 0}
    hidden = {group for group, size in there.items() if size < least}
    waiting = sorted((group for group in there if group not in hidden), key=lambda group: (there[group], str(group)))
    while hidden and waiting and (len(hidden) < 2 or sum(there[group] for group in hidden) < least):
        hidden.add(waiting.pop(0))
    return frozenset(waiting)
