"""What is wrong with a rule, and what is worth knowing about one that is not wrong. Pure."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from enum import StrEnum

from app.coverage.requirements.rules import Kind, Rule, Scope

LONGEST_MONTHS = 120
LONGEST_WAIVER = timedelta(days=366)


class Fault(StrEnum):
    """Why a rule cannot be published."""

    NO_COURSE = "no_course"
    UNKNOWN_COURSE = "unknown_course"
    DAYS = "days"
    PERCENT = "percent"
    PER_UNIT = "per_unit"
    NO_COMMITTEE = "no_committee"
    NO_HAPPENING = "no_happening"
    NEEDED = "needed"
    MONTHS = "months"
    NO_POINT = "no_point"
    MORE_THAN_COURSES = "more_than_courses"
    HOURS = "hours"
    NO_PROOF = "no_proof"
    SIZES = "sizes"


COUNTED_BY_ROLE = frozenset({Kind.ROLE, Kind.QUOTA, Kind.UNIT, Kind.FINDING, Kind.LAW})
"""Kinds that ask people by what they work as."""


def problems(rule: Rule, known: Collection[int], scope: Scope | None = None) -> list[Fault]:
    """Everything that is wrong with a rule, given the ids of the courses that there are; nothing for a sound one.

    A rule that reaches nobody, or everybody, is not wrong: see `reaches_no_role` and the preview.
    """
    found = [*_courses(rule, known), *_CHECKS.get(rule.kind, _nothing)(rule), *_bounds(rule)]
    return [*found, *_sizes(scope or Scope())]


def reaches_no_role(rule: Rule) -> bool:
    """Nobody is asked, since no role is chosen."""
    return rule.kind in COUNTED_BY_ROLE and not rule.roles


def is_wrong_term(starts_on: date, ends_on: date) -> bool:
    """A waiver lasts at least a day and at most a year."""
    return not starts_on < ends_on <= starts_on + LONGEST_WAIVER


def _courses(rule: Rule, known: Collection[int]) -> Iterator[Fault]:
    if rule.kind is not Kind.CADENCE and not rule.courses:
        yield Fault.NO_COURSE
    if not set(rule.courses) <= set(known):
        yield Fault.UNKNOWN_COURSE


def _bounds(rule: Rule) -> Iterator[Fault]:
    if rule.within_days < 0:
        yield Fault.DAYS
    if not 1 <= rule.percent <= 100:
        yield Fault.PERCENT
    if rule.per_unit < 1:
        yield Fault.PER_UNIT
    if rule.needed < 1:
        yield Fault.NEEDED
    if rule.months is not None and not 1 <= rule.months <= LONGEST_MONTHS:
        yield Fault.MONTHS
    if rule.hours < 0:
        yield Fault.HOURS


def _sizes(scope: Scope) -> Iterator[Fault]:
    least, most = scope.smallest, scope.largest
    if (least is not None and least < 0) or (most is not None and most < max(1, least or 0)):
        yield Fault.SIZES


def _nothing(_rule: Rule) -> Iterator[Fault]:
    yield from ()


def _body(rule: Rule) -> Iterator[Fault]:
    if not rule.committees:
        yield Fault.NO_COMMITTEE


def _cadence(rule: Rule) -> Iterator[Fault]:
    if rule.happening is None:
        yield Fault.NO_HAPPENING
    if rule.months is None:
        yield Fault.MONTHS


def _finding(rule: Rule) -> Iterator[Fault]:
    if not rule.points:
        yield Fault.NO_POINT


def _pathway(rule: Rule) -> Iterator[Fault]:
    if rule.needed > len(rule.courses):
        yield Fault.MORE_THAN_COURSES
    if rule.months is None:
        yield Fault.MONTHS


def _law(rule: Rule) -> Iterator[Fault]:
    if rule.hours == 0:
        yield Fault.HOURS
    if rule.proof is None:
        yield Fault.NO_PROOF


_CHECKS: dict[Kind, Callable[[Rule], Iterator[Fault]]] = {
    Kind.BODY: _body,
    Kind.CADENCE: _cadence,
    Kind.FINDING: _finding,
    Kind.PATHWAY: _pathway,
    Kind.LAW: _law,
}
