"""Which factory needs most, and why (DOMAIN 6.2). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEIGHTS = {"critical": 8, "high": 4, "medium": 2, "low": 1, None: 2}
"""How much an open finding of a severity counts; one whose severity is not said as a medium one."""
LONG = 6
"""Months after which it is said that nothing was held."""
LONGEST = 24
"""Months after which it makes no difference any more."""


class Why(StrEnum):
    """A kind of reason."""

    FINDINGS = "findings"
    UNCOVERED = "uncovered"
    SINCE = "since"
    NEVER = "never"


@dataclass(frozen=True)
class Open:
    """So many open findings of a severity in a theme."""

    theme: str
    severity: str | None
    number: int


@dataclass(frozen=True)
class Reason:
    """One of the reasons; `of` and the rest only where its kind has them."""

    why: Why
    number: int = 0
    of: int = 0
    theme: str = ""
    severity: str | None = None


@dataclass(frozen=True)
class Risk:
    """How much a factory needs a course, beside others, and why. Nobody reads the score: it only sorts."""

    score: float
    reasons: Sequence[Reason]


NONE = Risk(0, ())


def risk(found: Iterable[Open], uncovered: int, people: int, last: date | None, day: date) -> Risk:
    """Severity of the open findings that the course answers, times the share that is not covered, times how long ago
    anybody there completed it - None: never. Where nobody is uncovered there is nothing to do about it.
    """
    if uncovered <= 0 or people <= 0:
        return NONE
    findings = list(found)
    severity = 1 + sum(WEIGHTS.get(each.severity, WEIGHTS[None]) * each.number for each in findings)
    months = LONGEST if last is None else min(LONGEST, max(0, (day - last).days * 12 // 365))
    reasons = [_worst([each for each in findings if each.theme == theme]) for theme in _themes(findings)]
    reasons.append(Reason(Why.UNCOVERED, uncovered, people))
    if last is None:
        reasons.append(Reason(Why.NEVER))
    elif months >= LONG:
        reasons.append(Reason(Why.SINCE, months))
    return Risk(severity * uncovered / people * (1 + months / 12), tuple(reasons))


def gap(uncovered: int, people: int) -> Risk:
    """Of a past day: by the share alone that was not covered. What was found and held is known as it is today."""
    if uncovered <= 0 or people <= 0:
        return NONE
    return Risk(uncovered / people, (Reason(Why.UNCOVERED, uncovered, people),))


def _themes(findings: Iterable[Open]) -> list[str]:
    return list(dict.fromkeys(each.theme for each in findings))


def _worst(findings: Sequence[Open]) -> Reason:
    """Of one theme: the gravest severity, and how many have it."""
    gravest = max((each.severity for each in findings), key=lambda severity: WEIGHTS.get(severity, 0))
    number = sum(each.number for each in findings if each.severity == gravest)
    return Reason(Why.FINDINGS, number, theme=findings[0].theme, severity=gravest)
