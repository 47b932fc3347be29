"""How far somebody is who learns alone, and what comes next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.courses.rules import UnitKind

LONGEST_TEXT = 2000
"""Characters of what somebody writes about a practice task."""
ALONE = frozenset({UnitKind.LESSON, UnitKind.PRACTICE})
"""What one can do without a trainer."""


class State(StrEnum):
    """How far a person is with a unit. `done`: a practice task was logged, or trainer and test said so."""

    NOT_STARTED = "not_started"
    READ = "read"
    DONE = "done"


@dataclass(frozen=True)
class Step:
    """A unit in the order of its course. `is_open`: it is a test that can be taken now."""

    code: str
    kind: UnitKind
    state: State
    is_open: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether it needs no trainer."""
        return self.kind in ALONE

    @property
    def waits(self) -> bool:
        """Whether the person can do it now and has not."""
        return self.state is State.NOT_STARTED and (self.is_open or self.is_alone)


def next_step(steps: Sequence[Step], after: str | None = None) -> Step | None:
    """The one next thing: an open test, which will close; else what waits after a unit; else what was left out."""
    test = next((step for step in steps if step.is_open and step.waits), None)
    place = next((number for number, step in enumerate(steps, 1) if step.code == after), 0)
    return test or next((step for step in (*steps[place:], *steps[:place]) if step.waits), None)


@dataclass(frozen=True)
class Progress:
    """So many of the lessons and practice tasks."""

    done: int
    total: int


def progress(steps: Sequence[Step]) -> Progress:
    """What was done of all that one can do alone; half-days and tests are the trainer's."""
    own = [step for step in steps if step.is_alone]
    return Progress(sum(step.state is not State.NOT_STARTED for step in own), len(own))
