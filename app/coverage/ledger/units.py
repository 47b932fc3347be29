"""What a requirement asks of a factory as a whole: of each of its lines, or so many events. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.coverage.ledger.rules import Asked, Cell, Change, Counts, Stretch, after
from app.coverage.requirements.rules import Happening, Kind, Rule

FACTORY = Cell(None, None, None)


@dataclass(frozen=True)
class OpenLine(Stretch):
    """A line since somebody first worked on it, until it was closed."""

    line_id: int
    covered: Sequence[tuple[date, int]]
    """On which day how many more, or fewer, people of it are covered."""


def lines(asked: Sequence[Asked], opened: Iterable[OpenLine], shifts: Sequence[tuple[date, int]]) -> list[Change]:
    """Each line is one unit: met while enough of its people are covered, per shift where the rule says so.

    `shifts` is how many the factory declared from a day on; one where nothing was declared.
    """
    found: list[Change] = []
    for line in opened:
        cell = Cell(None, None, line.line_id)
        days = {*_ends([*asked, line]), *(day for day, _more in line.covered), *(day for day, _number in shifts)}
        found += _changes(days, cell, partial(_of_line, asked, line, shifts))
    return found


def cadence(asked: Sequence[Asked], events: Mapping[Happening, Sequence[date]]) -> list[Change]:
    """The factory is one unit: met while enough events lie within the months before."""
    days = set(_ends(asked))
    for each in asked:
        if each.rule.kind is Kind.CADENCE and each.rule.happening:
            for day in events.get(each.rule.happening, ()):
                days |= {day, after(day, each.rule.months or 12)}
    return _changes(days, FACTORY, partial(_of_factory, asked, events))


def held(rule: Rule, events: Mapping[Happening, Sequence[date]], day: date) -> int:
    """How many of the events that a cadence asks for lie within its months before a day."""
    own = events.get(rule.happening, ()) if rule.happening else ()
    return sum(each <= day < after(each, rule.months or 12) for each in own)


def _of_line(asked: Sequence[Asked], line: OpenLine, shifts: Sequence[tuple[date, int]], day: date) -> Counts:
    rule = next((each.rule for each in asked if each.has(day)), None)
    if rule is None or rule.kind is not Kind.UNIT or not line.has(day):
        return Counts()
    number = next((count for since, count in reversed(shifts) if since <= day), 1) if rule.per_shift else 1
    covered = sum(more for since, more in line.covered if since <= day)
    return Counts(units=1, met=int(covered >= rule.per_unit * number))


def _of_factory(asked: Sequence[Asked], events: Mapping[Happening, Sequence[date]], day: date) -> Counts:
    rule = next((each.rule for each in asked if each.has(day)), None)
    if rule is None or rule.kind is not Kind.CADENCE or rule.happening is None:
        return Counts()
    return Counts(units=1, met=int(held(rule, events, day) >= rule.needed))


def _ends(stretches: Iterable[Stretch]) -> Iterator[date]:
    for each in stretches:
        yield from (day for day in (each.start, each.end) if day is not None)


def _changes(days: Iterable[date], cell: Cell, counted: Callable[[date], Counts]) -> list[Change]:
    found, before = [], Counts()
    for day in sorted(days):
        now = counted(day)
        if now != before:
            found.append(Change(day, cell, now + -before))
        before = now
    return found
