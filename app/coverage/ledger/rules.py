"""How one person stands under one requirement at one factory, day by day. Pure.

A figure of a day says how things stand when that day ends in the zone of the programme. `timeline` turns facts into
changes; summed up to a day they are `standing` of that day, which is what a figure counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from operator import add, attrgetter, neg

from app.coverage.requirements.rules import Kind, Rule
from app.coverage.rules import DUE_LATER, DUE_SOON
from app.factories.rules import CommitteeKind, JobRole, Sex


@dataclass(frozen=True)
class Stretch:
    """From the first day on until the day before `end`; None goes on."""

    start: date
    end: date | None

    def has(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Work(Stretch):
    """An employment at the factory."""

    role: JobRole | None
    line_id: int | None


@dataclass(frozen=True)
class Seat(Stretch):
    """A place on a committee of the factory, or the term of an ambassador."""

    part: str
    committee: CommitteeKind | None
    """None for an ambassador."""


@dataclass(frozen=True)
class Held:
    """A course that the person completed, anywhere. Days are those of the programme of the factory in question.

    `expires` is the first day on which it no longer holds, `withdrawn` the day on which somebody took it back.
    """

    course_id: int
    start: date
    expires: date | None
    withdrawn: date | None
    is_from_here: bool
    """Completed as somebody of this factory."""
    role: JobRole | None
    hours: float = 0

    def has_begun(self, day: date) -> bool:
        return self.start <= day and (self.withdrawn is None or day < self.withdrawn)

    def holds(self, day: date, months: int | None = None) -> bool:
        """Begun and not over: by its own end, or so many months after it began."""
        ends = [end for end in (self.expires, after(self.start, months) if months else None) if end is not None]
        return self.has_begun(day) and all(day < end for end in ends)


@dataclass(frozen=True)
class Asked(Stretch):
    """A time in which a version of the requirement applies at the factory."""

    rule: Rule


@dataclass(frozen=True)
class Facts:
    """Everything that decides how a person stands."""

    sex: Sex | None
    asked: Sequence[Asked]
    """At most one on any day."""
    works: Sequence[Work] = ()
    seats: Sequence[Seat] = ()
    held: Sequence[Held] = ()
    waived: Sequence[Stretch] = ()


@dataclass(frozen=True)
class Cell:
    """Where a person is counted."""

    part: str | None
    sex: Sex | None
    line_id: int | None


@dataclass(frozen=True)
class Counts:
    """What is counted there; of a person each is 0 or 1, of a change each may be -1."""

    active: int = 0
    valid: int = 0
    due: int = 0
    ever: int = 0
    lost: int = 0
    waived: int = 0
    units: int = 0
    met: int = 0
    due_90: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*map(add, _numbers(self), _numbers(other)))

    def __neg__(self) -> "Counts":
        return Counts(*map(neg, _numbers(self)))

    def __bool__(self) -> bool:
        return any(_numbers(self))


NAMES = tuple(each.name for each in fields(Counts))
_numbers = attrgetter(*NAMES)
_AHEAD = (timedelta(0), DUE_SOON, DUE_LATER)
"""How a person stands on a day is told by what holds then, and so much later."""


@dataclass(frozen=True)
class Change:
    """From `day` on a cell counts so much more or less."""

    day: date
    cell: Cell
    counts: Counts


def standing(facts: Facts, day: date) -> tuple[Cell, Counts] | None:
    """Where and how a person is counted when a day ends; None for who is not counted at all.

    Active: employed in a role, or seated on a committee, that the rule speaks of. Valid: active and holds what is
    asked. Due: valid, but in 60 days - or 90 - no longer by what is held today: what will be taken back later nobody
    knows yet.
    Ever: completed one of the courses as somebody of this factory. Lost: ever, and no longer active. Somebody who does
    two jobs counts in the one begun last.
    """
    asked = next((each for each in facts.asked if each.has(day)), None)
    if asked is None:
        return None
    rule, place = asked.rule, _place(asked.rule, facts, day)
    here = [each for each in facts.held if each.is_from_here and each.course_id in rule.courses and each.has_begun(day)]
    if place is None:
        part = _part_before(rule, facts, here, day)
        return (Cell(part, facts.sex, None), Counts(ever=1, lost=1)) if part else None
    cell, since = place
    if any(each.has(day) for each in facts.waived):
        return cell, Counts(waived=1)
    known = [replace(each, withdrawn=None) if each.withdrawn else each for each in facts.held if each.has_begun(day)]
    is_valid, *stays = (_is_met(rule, known, since, day + each) for each in _AHEAD)
    soon, later = (int(is_valid and not each) for each in (stays[0], all(stays)))
    return cell, Counts(active=1, valid=int(is_valid), due=soon, ever=int(bool(here)), due_90=later)


def timeline(facts: Facts) -> list[Change]:
    """Every change of `standing`, in order of days."""
    asked = {course_id for each in facts.asked for course_id in each.rule.courses}
    facts = replace(facts, held=[each for each in facts.held if each.course_id in asked])
    found: list[Change] = []
    before: tuple[Cell, Counts] | None = None
    for day in sorted(_days(facts)):
        now = standing(facts, day)
        if now != before:
            found += _step(day, before, now)
        before = now
    return found


def difference(meant: Iterable[Change], posted: Iterable[Change]) -> list[Change]:
    """What must be added to what is posted so that it says what is meant."""
    left: dict[tuple[date, Cell], Counts] = {}
    for change, sign in [*((each, 1) for each in meant), *((each, -1) for each in posted)]:
        key = change.day, change.cell
        left[key] = left.get(key, Counts()) + (change.counts if sign > 0 else -change.counts)
    return [Change(day, cell, counts) for (day, cell), counts in left.items() if counts]


def after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def expected(needed: int, months: int, since: date, day: date) -> int:
    """So many courses of a pathway are on pace: nothing in the first month, everything when its time is over."""
    passed = next((month for month in range(months) if day < after(since, month + 1)), months)
    return needed * passed // months


def _place(rule: Rule, facts: Facts, day: date) -> tuple[Cell, date] | None:
    """Where the person is counted, and since when the person is in that place."""
    if rule.kind in {Kind.BODY, Kind.PATHWAY}:
        seats = (each for each in facts.seats if each.has(day) and _means(rule, each))
        seat = max(seats, key=lambda each: each.start, default=None)
        return (Cell(seat.part, facts.sex, None), seat.start) if seat else None
    own = [each for each in facts.works if each.has(day) and each.role in rule.roles]
    work = max(own, key=lambda each: each.start, default=None)
    return (Cell(work.role, facts.sex, work.line_id), work.start) if work else None


def _means(rule: Rule, seat: Seat) -> bool:
    if rule.kind is Kind.PATHWAY:
        return seat.committee is None
    return seat.committee is not None and (not rule.committees or seat.committee in rule.committees)


def _part_before(rule: Rule, facts: Facts, here: Iterable[Held], day: date) -> str | None:
    """What somebody who completed a course here was: the role then, or the seat that began last."""
    if rule.kind in {Kind.BODY, Kind.PATHWAY}:
        seats = [each for each in facts.seats if each.start <= day and _means(rule, each)]
        last = max(seats, key=lambda each: each.start, default=None)
        return last.part if last and list(here) else None
    was = max((each for each in here if each.role in rule.roles), key=lambda each: each.start, default=None)
    return was.role if was else None


def _is_met(rule: Rule, known: Iterable[Held], since: date, day: date) -> bool:
    own = [each for each in known if each.course_id in rule.courses]
    if rule.kind is Kind.PATHWAY:
        done = len({each.course_id for each in own if each.holds(day)})
        return done >= expected(rule.needed, rule.months or 12, since, day)
    if rule.kind is Kind.LAW and rule.hours:
        return sum(each.hours for each in own if each.holds(day, rule.months)) >= rule.hours
    return any(each.holds(day, rule.months) for each in own)


def _days(facts: Facts) -> Iterator[date]:
    """Every day on which `standing` may be another than the day before."""
    for stretch in (*facts.asked, *facts.works, *facts.seats, *facts.waived):
        yield from (day for day in (stretch.start, stretch.end) if day is not None)
    recurrences = {each.rule.months for each in facts.asked if each.rule.months}
    for held in facts.held:
        yield from (day for day in (held.start, held.withdrawn) if day is not None)
        ends = [held.expires, *(after(held.start, months) for months in recurrences)]
        yield from (end - less for end in ends if end for less in _AHEAD)
    for asked in facts.asked:
        if asked.rule.kind is Kind.PATHWAY:
            marks = (after(seat.start, month + 1) for seat in facts.seats for month in range(asked.rule.months or 12))
            yield from (day - less for day in marks for less in _AHEAD)


def _step(day: date, before: tuple[Cell, Counts] | None, now: tuple[Cell, Counts] | None) -> list[Change]:
    if before and now and before[0] == now[0]:
        return [Change(day, now[0], now[1] + -before[1])]
    steps = [Change(day, before[0], -before[1])] if before else []
    return [*steps, Change(day, now[0], now[1])] if now else steps
