"""What changes when grades are given anew. Pure."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

BY_HAND = frozenset({"essay"})
"""Kinds of question whose answers a person reads."""

STEPS = 4
"""Points that whoever reads an answer can give: 0 to so many."""

MOST_SHOWN = 300
"""People that a preview names; those who pass or do not any more come first, and all are counted."""


@dataclass(frozen=True, slots=True)
class Score:
    """What an attempt is worth; all None before it is graded."""

    score: float | None
    max_score: float | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class Moved:
    """An attempt whose grade would be another one."""

    attempt_id: int
    training_id: int
    person_id: int
    before: Score
    after: Score

    @property
    def falls(self) -> bool:
        """Passed, and not any more."""
        return self.before.passed is True and not self.after.passed

    @property
    def rises(self) -> bool:
        """Not passed until now."""
        return self.after.passed is True and not self.before.passed

    @property
    def rank(self) -> tuple[int, int]:
        """The order in which people look at it: who falls, who rises, the others."""
        return (0 if self.falls else 1 if self.rises else 2), self.attempt_id


def digest(*parts: Any) -> str:
    """What was shown, in short: the same facts give the same digest."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def share_of_steps(steps: int) -> Decimal:
    """The share (0..1) that so many points of `STEPS` are."""
    return Decimal(steps) / STEPS


def steps_of_share(share: Decimal) -> int:
    """The reverse, rounded to whole points."""
    return round(share * STEPS)


def right_weights(fractions: Sequence[Decimal], *, several: bool) -> bool:
    """Whether percentages of options can be a key: one - or, of several to choose, all right ones together - is worth
    100, and none more. Thirds and sevenths may be rounded.
    """
    exact = [(Fraction(each) / 100).limit_denominator(20) for each in fractions]
    if not exact or max(exact) > 1 or min(exact) < -1:
        return False
    return (sum(each for each in exact if each > 0) if several else max(exact)) == 1


def is_full(fractions: Iterable[Decimal]) -> bool:
    """Whether one of these accepted answers is worth 100, and each more than nothing."""
    known = list(fractions)
    return bool(known) and max(known) == 100 and min(known) > 0
