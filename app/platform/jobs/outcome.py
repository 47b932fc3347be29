"""What a job handler answers.

A handler reads and does its slow outside work first, holding no write lock; what it returns is then written in one
transaction together with the mark that the job is done.
"""

from collections.abc import Callable
from dataclasses import dataclass


class GiveUp(Exception):
    """Trying again cannot help; the job is kept as dead, with this reason."""


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Done:
    """The work is done; `write` stores what came of it. When another worker has taken the job over nothing is stored,
    and `undo` takes away what was made outside.
    """

    write: Callable[[], None] = _nothing
    undo: Callable[[], None] = _nothing


@dataclass(frozen=True)
class Later:
    """The outside world was not ready; `write` stores what was learnt, and the job is tried again after a pause."""

    reason: str
    write: Callable[[], None] = _nothing
    for_ever: bool = False
    """Never dead, however long it lasts: somebody has to mend something here, and then it goes on by itself."""


Outcome = Done | Later
