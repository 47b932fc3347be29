"""What rooms beside and above know of a course that somebody learns, told through one entry of `app.wiring`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import current_app


class Booking(Protocol):
    """A training session in which a person has a place."""

    @property
    def version_id(self) -> int: ...
    @property
    def next_at(self) -> datetime | None:
        """When the half-day that runs or comes next begins; None when all are over."""

    @property
    def zone(self) -> str: ...


class OpenTest(Protocol):
    """A test that a person can take now; a POST to `address` leads there."""

    @property
    def unit_id(self) -> int: ...
    @property
    def address(self) -> str: ...


@dataclass(frozen=True)
class Slots:
    """Given a person: where there is a place, the latest first, and which tests are open."""

    bookings: Callable[[int], Sequence[Booking]]
    open_tests: Callable[[int], Sequence[OpenTest]]


def slots() -> Slots:
    """Those of this app."""
    found: Slots = current_app.extensions["lesson_slots"]
    return found
