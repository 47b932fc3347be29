"""In which order an attempt shows options, and under which names that tell nothing."""

import hashlib
from collections.abc import Iterable, Sequence


def option_ids(count: int, seed: int, question: str) -> tuple[str, ...]:
    """A name for each option in the order of the bank: of one length, different in every attempt and question.

    The seed is kept with the attempt and never sent, so a name says nothing about its option.
    """
    return tuple(_digest(seed, question, str(number))[:12] for number in range(count))


def shuffled(option_ids: Iterable[str], seed: int) -> tuple[str, ...]:
    """The names in the order shown; the same seed always gives the same order, whatever order they come in."""
    return tuple(sorted(option_ids, key=lambda name: _digest(seed, "order", name)))


def chosen_numbers(posted: Sequence[str], ids: Sequence[str]) -> frozenset[int] | None:
    """The numbers of the options posted, or None when a name is not one of this attempt and question."""
    if not set(posted) <= set(ids):
        return None
    return frozenset(ids.index(name) for name in posted)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
