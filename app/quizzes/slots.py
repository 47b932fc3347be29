"""What rooms above know of people who take quizzes, told through one entry of `app.wiring`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from flask import current_app


@dataclass(frozen=True)
class Slots:
    """Given a training session: who is there now, or was at the last half-day; None before any roll call."""

    present: Callable[[int], Collection[int] | None]


def slots() -> Slots:
    """Those of this app."""
    found: Slots = current_app.extensions["quiz_slots"]
    return found
