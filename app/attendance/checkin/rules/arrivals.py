"""Who may check in when, and what is odd about it. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from app.attendance.rules import Mark

OPENS_BEFORE = timedelta(hours=2)
"""How long before a half-day people can check in."""
STAYS_AFTER = timedelta(hours=1)
"""How long after its end they still can: half-days run late."""


class Way(StrEnum):
    """Which code was scanned."""

    SCREEN = "screen"
    """The one on the trainer's screen, which changes: whoever has it is in the room, or in touch with it."""
    PAPER = "paper"
    """The one that hangs in the room: it proves nothing about today."""


class Proof(StrEnum):
    """How it is known who it is."""

    SIGNED_IN = "signed_in"
    NUMBER = "number"
    """An employee number alone, which colleagues know as well."""


class Outcome(StrEnum):
    """What the trainer said of it."""

    HERE = "here"
    NOT_HERE = "not_here"


class Flag(StrEnum):
    """What the trainer looks at twice."""

    SEVERAL = "several"
    """The same phone checked in somebody else, too."""
    OLD_CODE = "old_code"
    """The phone came with a code before that had been shown earlier: somebody may have sent it."""
    ELSEWHERE = "elsewhere"
    """At the room of another factory."""
    LATE = "late"
    AGAIN = "again"
    """The trainer had said that this person is not there."""


class Timed(Protocol):
    """A half-day, as far as the clock is concerned."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


T = TypeVar("T", bound=Timed)


class Opening(StrEnum):
    """Whether people can check in to a half-day."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"


def opening(half_day: Timed, at: datetime) -> Opening:
    """Whether people can check in to a half-day at a moment."""
    if at < half_day.starts_at - OPENS_BEFORE:
        return Opening.EARLY
    return Opening.OPEN if at <= half_day.ends_at + STAYS_AFTER else Opening.OVER


def nearest(half_days: Iterable[T], at: datetime) -> T | None:
    """The half-day for which somebody stands in a room: the one that runs, else the one that comes, else the one that
    has just ended. None when none is open.
    """
    there = [each for each in half_days if opening(each, at) is Opening.OPEN]
    return min(there, key=lambda each: (_rank(each, at), abs(each.starts_at - at)), default=None)


def mark_at(half_day: Timed, at: datetime, late_after: timedelta) -> Mark:
    """What somebody is who came at a moment; once the half-day is over it is too late to be late."""
    return Mark.LATE if half_day.starts_at + late_after < at <= half_day.ends_at else Mark.PRESENT


def _rank(half_day: Timed, at: datetime) -> int:
    if half_day.starts_at <= at <= half_day.ends_at:
        return 0
    return 1 if at < half_day.starts_at else 2
