"""How many people a version would make due, by factory, role and sex, in one pass."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil
from typing import Any

import sqlalchemy as sa

from app.coverage.ledger import units
from app.coverage.ledger.facts import whole
from app.coverage.ledger.rules import Asked, Counts, Facts, Held, Seat, Work, standing
from app.coverage.requirements.previews import facts
from app.coverage.requirements.previews.facts import SEATED, Placed
from app.coverage.requirements.previews.reach import Reached, reached
from app.coverage.requirements.rules import Kind, Rule, Scope
from app.factories.models import Line
from app.factories.rules import LineKind
from app.platform.db import db


@dataclass(frozen=True)
class Count:
    """People of one role - or side of a committee - and sex."""

    part: str | None
    sex: Any
    asked: int
    valid: int = 0
    waived: int = 0

    @property
    def due(self) -> int:
        return self.asked - self.valid - self.waived


@dataclass(frozen=True)
class FactoryCount:
    """A factory, and who is asked there. `needed` is how many are lacking where not everybody must be valid."""

    factory: Reached
    counts: Sequence[Count]
    needed: int | None = None
    held: int | None = None
    """Of a cadence how many events there were; it asks the factory, and no people."""

    @property
    def asked(self) -> int:
        return sum(each.asked for each in self.counts)

    @property
    def valid(self) -> int:
        return sum(each.valid for each in self.counts)

    @property
    def waived(self) -> int:
        return sum(each.waived for each in self.counts)

    @property
    def due(self) -> int:
        """People who would have to be trained."""
        lacking = self.asked - self.valid - self.waived
        return lacking if self.needed is None else self.needed


@dataclass(frozen=True)
class Preview:
    """What a version would do on a day: the factories that it reaches, those with most to do first."""

    day: date
    factories: Sequence[FactoryCount] = field(default=())
    needed: int = 0
    """Of a cadence how many events it asks for."""

    @property
    def due(self) -> int:
        return sum(each.due for each in self.factories)

    @property
    def asked(self) -> int:
        return sum(each.asked for each in self.factories)

    @property
    def valid(self) -> int:
        return sum(each.valid for each in self.factories)

    @property
    def rare(self) -> int:
        """Factories that a cadence asks and that do it less often."""
        return sum(each.held is not None and each.held < self.needed for each in self.factories)

    @property
    def with_due(self) -> int:
        """Factories in which somebody would be due."""
        return sum(each.due > 0 for each in self.factories)


def preview(
    programme_id: int, zone: str, rule: Rule, scope: Scope, day: date, requirement_id: int | None = None
) -> Preview:
    """By the facts that are known today, as of a day. A fixed number of statements; the caller has checked."""
    found = reached(programme_id, rule, scope, day)
    counts = _counted([each.id for each in found], rule, day, zone, requirement_id)
    needs = _needs(rule, found, counts, day)
    held = _held(rule, found, day)
    rows = [FactoryCount(each, counts[each.id].as_counts(), needs.get(each.id), held.get(each.id)) for each in found]
    rows.sort(key=lambda row: (-row.due, row.held or 0, row.factory.name, row.factory.id))
    return Preview(day, rows, rule.needed if rule.kind is Kind.CADENCE else 0)


class _Tally:
    """The counts of a factory while they are made."""

    def __init__(self) -> None:
        self.cells = defaultdict[tuple[Any, Any], list[int]](lambda: [0, 0, 0])
        self.valid_on = defaultdict[int | None, int](int)

    def add(self, part: Any, sex: Any, asked: int = 0, valid: int = 0, waived: int = 0) -> None:
        cell = self.cells[part, sex]
        for place, number in enumerate((asked, valid, waived)):
            cell[place] += number

    def as_counts(self) -> list[Count]:
        rows = [Count(part, sex, *numbers) for (part, sex), numbers in self.cells.items()]
        return sorted(rows, key=lambda row: (str(row.part), str(row.sex or "~")))


def _counted(
    factories: Sequence[int], rule: Rule, day: date, zone: str, requirement_id: int | None
) -> dict[int, _Tally]:
    tallies = defaultdict[int, _Tally](_Tally)
    exempt = facts.waived(requirement_id, day)
    if rule.kind in SEATED:
        placed = facts.seated(rule, factories, day)
        for each in placed:
            tallies[each.factory_id].add(each.part, each.sex, asked=1)
        known = facts.held(rule, [each.person_id for each in placed], zone)
    else:
        asked = facts.workers(rule, factories, day)
        for factory_id, role, sex, number in facts.counted(asked):
            tallies[factory_id].add(role, sex, asked=number)
            if None in exempt[factory_id]:
                tallies[factory_id].add(role, sex, waived=number)
        placed = [each for each in facts.working(asked, rule) if None not in exempt[each.factory_id]]
        placed += _exempt(asked, exempt, {(each.factory_id, each.person_id) for each in placed})
        known = facts.held(rule, sa.select(asked.c.person_id), zone)
    for each in placed:
        counts = stands(each, rule, known.get(each.person_id, ()), day, exempt)
        tally = tallies[each.factory_id]
        tally.add(each.part, each.sex, valid=counts.valid, waived=counts.waived)
        tally.valid_on[each.line_id] += counts.valid
    return tallies


def _exempt(asked: sa.Subquery, exempt: dict[int, set[int | None]], known: set[tuple[int, int]]) -> list[Placed]:
    """People who are exempt by name, and hold nothing."""
    people = {person for of in exempt.values() for person in of if person is not None}
    if not people:
        return []
    rows = facts.placed_among(asked, people)
    return [
        each for each in rows
        if (each.factory_id, each.person_id) not in known and each.person_id in exempt[each.factory_id]
        and None not in exempt[each.factory_id]
    ]


def stands(
    placed: Placed, rule: Rule, known: Iterable[tuple[int | None, Held]], day: date, exempt: dict[int, set[int | None]]
) -> Counts:
    """How one person would stand when the day ends."""
    one_day = facts.today_only(day)
    is_exempt = not exempt[placed.factory_id].isdisjoint({None, placed.person_id})
    place = placed.place
    found = standing(
        Facts(
            placed.sex,
            [Asked(day, day + timedelta(days=1), rule)],
            works=[place] if isinstance(place, Work) else (),
            seats=[place] if isinstance(place, Seat) else (),
            held=[replace(each, is_from_here=where == placed.factory_id) for where, each in known],
            waived=[one_day] if is_exempt else (),
        ),
        day,
    )
    return found[1] if found else Counts()


def _needs(rule: Rule, found: Sequence[Reached], counts: dict[int, _Tally], day: date) -> dict[int, int]:
    """How many people are lacking where not everybody who is asked must be valid."""
    if rule.kind is Kind.QUOTA:
        return {each.id: _lacking_share(rule, each, counts[each.id]) for each in found}
    if rule.kind is Kind.UNIT:
        lines = _lines([each.id for each in found], day)
        return {each.id: _lacking_lines(rule, each, counts[each.id], lines[each.id]) for each in found}
    return {}


def _held(rule: Rule, found: Sequence[Reached], day: date) -> dict[int, int]:
    """What a cadence counts, by factory."""
    if rule.kind is not Kind.CADENCE:
        return {}
    told = whole.read([each.id for each in found], (), {Kind.CADENCE})
    return {each.id: units.held(rule, told.events(each.id), day) for each in found}


def _lacking_share(rule: Rule, factory: Reached, tally: _Tally) -> int:
    asked = sum(cell[0] for cell in tally.cells.values())
    heads = asked if factory.declared is None else factory.declared
    return max(0, ceil(heads * rule.percent / 100) - sum(tally.valid_on.values()))


def _lacking_lines(rule: Rule, factory: Reached, tally: _Tally, lines: Iterable[int]) -> int:
    needed = rule.per_unit * (factory.shifts if rule.per_shift else 1)
    return sum(max(0, needed - tally.valid_on[line]) for line in lines)


def _lines(factories: Sequence[int], day: date) -> dict[int, list[int]]:
    found = defaultdict[int, list[int]](list)
    is_open = sa.or_(Line.closed_on.is_(None), Line.closed_on > day)
    statement = sa.select(Line.factory_id, Line.id).where(
        Line.factory_id.in_(factories), Line.kind == LineKind.LINE, is_open)
    for factory_id, line_id in db.session.execute(statement):
        found[factory_id].append(line_id)
    return found
