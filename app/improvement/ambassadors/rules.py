"""How long somebody is an ambassador, and how far on the way (DOMAIN 6.1, R7). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.factories.headcounts.rules import months_old


class AmbassadorKind(StrEnum):
    """A master trainer comes certified; an ambassador is certified when the pathway is done."""

    AMBASSADOR = "ambassador"
    MASTER_TRAINER = "master_trainer"


class TermState(StrEnum):
    """Where a day lies in a term. `left`: the person left the factory, and the term ended with that."""

    COMING = "coming"
    CURRENT = "current"
    ENDED = "ended"
    LEFT = "left"


@dataclass(frozen=True)
class Term:
    """From a first to a last day; `left_on` is the first day on which the person no longer worked at the factory."""

    starts_on: date
    ends_on: date | None = None
    left_on: date | None = None

    @property
    def last_day(self) -> date | None:
        """The last day, whichever end comes first; None while there is none."""
        ends = [each for each in (self.ends_on, self.left_on and self.left_on - timedelta(days=1)) if each]
        return min(ends, default=None)

    def holds_on(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.starts_on <= day and (self.last_day is None or day <= self.last_day)

    def state(self, day: date) -> TermState:
        """Where the day lies."""
        if day < self.starts_on:
            return TermState.COMING
        if self.holds_on(day):
            return TermState.CURRENT
        return TermState.LEFT if self.left_on and self.left_on - timedelta(days=1) == self.last_day else TermState.ENDED

    def meets(self, other: "Term") -> bool:
        """Whether both hold on some day."""
        last, others_last = self.last_day or date.max, other.last_day or date.max
        return self.starts_on <= others_last and other.starts_on <= last


class Pace(StrEnum):
    """How somebody keeps up with the pathway."""

    DONE = "done"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    FREE = "free"
    """The pathway says no time."""


@dataclass(frozen=True)
class Progress:
    """So many steps done of all, and how many should be by now; `due` is None where the pathway says no time."""

    done: int
    total: int
    due: int | None

    @property
    def pace(self) -> Pace:
        """Nobody is behind who has done all that is due."""
        if self.total and self.done >= self.total:
            return Pace.DONE
        if self.due is None:
            return Pace.FREE
        return Pace.ON_PACE if self.done >= self.due else Pace.BEHIND

    @property
    def behind(self) -> int:
        """Steps that should be done and are not."""
        return max(0, (self.due or 0) - self.done)


def due_months(steps: Iterable[Mapping[str, Any]], months: int | None) -> list[int | None]:
    """Months after the start by which each step should be done: what the step says as `by_month`, else its even share
    of the whole time, rounded up; None where there is neither.
    """
    stored = list(steps)
    even = [-(-months * place // len(stored)) if months else None for place in range(1, len(stored) + 1)]
    return [step.get("by_month") or share for step, share in zip(stored, even, strict=True)]


def progress(dones: Sequence[bool], dues: Sequence[int | None], starts_on: date, today: date) -> Progress:
    """How far somebody is who began on a day. `dones` and `dues` are of the same steps, in order."""
    elapsed = months_old(starts_on, today)
    timed = [due for due in dues if due is not None]
    return Progress(sum(dones), len(dones), sum(due <= elapsed for due in timed) if timed else None)


class Verdict(StrEnum):
    """What a trainer or advisor says of a task done in the factory."""

    CONFIRMED = "confirmed"
    MORE_NEEDED = "more_needed"


class TaskState(StrEnum):
    """How far somebody is with a task."""

    OPEN = "open"
    LOGGED = "logged"
    MORE_NEEDED = "more_needed"
    CONFIRMED = "confirmed"


def task_state(verdicts: Iterable[Verdict | None]) -> TaskState:
    """Of the logs of one task, the latest verdict of each, None where nobody has decided: the best counts."""
    said = list(verdicts)
    if not said:
        return TaskState.OPEN
    if Verdict.CONFIRMED in said:
        return TaskState.CONFIRMED
    return TaskState.LOGGED if None in said else TaskState.MORE_NEEDED
