"""What may be said of knowledge before and after, of the same people. Pure.

Source: DOMAIN 5.4, knowledge gain: matched pairs only, with n.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from app.factories.rules import Sex
from app.quizzes.results.rules import LEAST_SHOWN, Gain, Pairs, gain, shown_groups

SURE = 20
"""Pairs below which a figure is shown with a caution: one or two people move it."""
TOP = 0.9
"""Share of the points in the test before from which on it can show hardly any gain."""
MANY_AT_TOP = 0.25


@dataclass(frozen=True)
class Counted:
    """Pairs of one course, language and sex; of so many the test before was `at_top` already."""

    course_id: int
    language: str
    sex: Sex | None
    pairs: Pairs
    at_top: int


@dataclass(frozen=True)
class Learnt:
    """What some people gained; None where they are too few, or would let a smaller group be found."""

    gain: Gain | None
    is_few: bool = False
    """So few that the figure is not sure by its number alone."""
    is_near_top: bool = False
    """Many knew nearly everything before: the test could not show what they learnt."""


@dataclass(frozen=True)
class CourseLearnt:
    """A course: everybody, by the language of the training session, and by sex."""

    course_id: int
    whole: Learnt
    by_language: Sequence[tuple[str, Learnt]]
    by_sex: Sequence[tuple[Sex | None, Learnt]]


def learnt(counted: Sequence[Counted]) -> list[CourseLearnt]:
    """Each course, those with most pairs first."""
    courses: dict[int, list[Counted]] = {}
    for each in counted:
        courses.setdefault(each.course_id, []).append(each)
    ordered = sorted(courses.items(), key=lambda each: (-_total(each[1]).n, each[0]))
    return [
        CourseLearnt(
            course_id, _learnt(of), _split(of, lambda each: each.language),
            sorted(_split(of, lambda each: each.sex), key=lambda each: (each[0] is None, str(each[0]))))
        for course_id, of in ordered
    ]


def _split(counted: Sequence[Counted], by: Callable[[Counted], Any]) -> list[tuple[Any, Learnt]]:
    """Only where there are several: one alone says what the total says."""
    groups: dict[Any, list[Counted]] = {}
    for each in counted:
        groups.setdefault(by(each), []).append(each)
    shown = shown_groups({group: _total(of).n for group, of in groups.items()})
    if len(groups) < 2 or not shown:
        return []
    found = [(group, _learnt(of) if group in shown else Learnt(None)) for group, of in groups.items()]
    return sorted(found, key=lambda each: (each[1].gain is None, str(each[0])))


def _learnt(counted: Sequence[Counted]) -> Learnt:
    pairs = _total(counted)
    found = gain(pairs, LEAST_SHOWN)
    if found is None:
        return Learnt(None)
    near_top = sum(each.at_top for each in counted) >= MANY_AT_TOP * pairs.n
    return Learnt(found, is_few=pairs.n < SURE, is_near_top=near_top)


def _total(counted: Sequence[Counted]) -> Pairs:
    return reduce(add, (each.pairs for each in counted), Pairs(0, 0.0, 0.0, 0.0, 0.0))
