"""How long people take for a question."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

CAP = timedelta(minutes=10)
"""Whoever takes longer was elsewhere: it counts as this."""


def typical_seconds(attempts: Iterable[tuple[datetime | None, Sequence[tuple[int, datetime]]]]) -> dict[int, float]:
    """Question -> median seconds from the answer saved before, or from the beginning, to its own.

    `attempts` are the beginning of each and its questions with the time at which the answer was last saved, in any
    order. A changed answer counts from the one that was saved before the change, so that it is about right and no more.
    """
    taken: dict[int, list[float]] = {}
    for began, saved in attempts:
        before = began
        for question_id, at in sorted(saved, key=lambda pair: pair[1]):
            if before is not None:
                taken.setdefault(question_id, []).append(min(max(at - before, timedelta(0)), CAP).total_seconds())
            before = at
    return {question_id: median(seconds) for question_id, seconds in taken.items()}
