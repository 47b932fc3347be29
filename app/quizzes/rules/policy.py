"""What a quiz asks of those who take it: data of the course version, and what somebody is allowed beside it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any


class WhenLate(StrEnum):
    """What becomes of an attempt that nobody handed in when its time is over."""

    SUBMIT = "submit"
    """What is saved is handed in."""
    GRACE = "grace"
    """It can still be handed in for a time, but no answer is taken; after that it is abandoned."""
    ABANDON = "abandon"


class Counts(StrEnum):
    """Which of several attempts counts."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    AVERAGE = "average"


class Release(StrEnum):
    """When the right answers and their reasons are shown to whoever took the quiz."""

    AT_ONCE = "at_once"
    AFTER_CLOSING = "after_closing"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class QuizPolicy:
    """The rules of one quiz. Times in minutes; `attempts` None is any number, `limit_minutes` None no time limit.

    `forms` > 1 are parallel forms: who got the first before the course gets the second after it. `practice` explains
    each question as soon as it is answered, needs nobody to open it, and never counts.
    """

    when_late: WhenLate = WhenLate.SUBMIT
    grace_minutes: int = 60
    attempts: int | None = 3
    counts: Counts = Counts.BEST
    limit_minutes: int | None = None
    wait_minutes: int = 0
    release: Release = Release.AFTER_CLOSING
    mixed_questions: bool = False
    mixed_options: bool = True
    forms: int = 1
    practice: bool = False


USUAL = QuizPolicy()
_WORDS: Mapping[str, type[StrEnum]] = {"when_late": WhenLate, "counts": Counts, "release": Release}


_PRACTICE: Mapping[str, Any] = {"attempts": None, "release": Release.AT_ONCE}
"""What is usual in a practice."""


def policy_from(stored: Mapping[str, Any] | None) -> QuizPolicy:
    """The rules as a unit stores them: only what differs from the usual ones."""
    if not stored:
        return USUAL
    given: dict[str, Any] = {name: _WORDS[name](said) if name in _WORDS else said for name, said in stored.items()}
    return QuizPolicy(**({**_PRACTICE, **given} if given.get("practice") else given))


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a person, or everybody of a factory, is allowed beside the rules; None leaves the rule as it is.

    `extra` multiplies the time limit (1.25, 1.5 ...); `untimed` takes it away. WCAG 2.2, 2.2.1.
    """

    extra: Fraction | None = None
    untimed: bool = False
    attempts: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what terms one person takes a quiz: when, for how long, how often."""

    policy: QuizPolicy
    opens_at: datetime | None
    closes_at: datetime | None
    limit: timedelta | None
    attempts: int | None

    def is_open(self, at: datetime) -> bool:
        """Whether an attempt may begin: a practice always, any other within its window."""
        if self.opens_at is None:
            return self.policy.practice
        return self.opens_at <= at and (self.closes_at is None or at < self.closes_at)


def terms(
    policy: QuizPolicy, opens_at: datetime | None, closes_at: datetime | None, allowances: Iterable[Allowance] = ()
) -> Terms:
    """The terms of one person. Of several allowances - the person's own first, then the factory's - the first that says
    something about a thing decides that thing.
    """
    said = list(allowances)
    limit = None if policy.limit_minutes is None else timedelta(minutes=policy.limit_minutes)
    if limit is not None:
        timing = next((each for each in said if each.untimed or each.extra is not None), Allowance())
        limit = None if timing.untimed else timedelta(seconds=float(limit.total_seconds() * (timing.extra or 1)))
    if policy.practice:  # nobody opens it, and nobody closes it
        said, opens_at, closes_at = [replace(each, opens_at=None, closes_at=None) for each in said], None, None
    return Terms(
        policy=policy,
        opens_at=_first([*(each.opens_at for each in said), opens_at]),
        closes_at=_first([*(each.closes_at for each in said), closes_at]),
        limit=limit,
        attempts=_first([*(each.attempts for each in said), policy.attempts]),
    )


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value is not None), None)
