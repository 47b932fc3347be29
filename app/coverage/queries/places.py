"""The places that requirements ask for in many factories, added up as coarsely as somebody wants to know them; measured
against what the page of each factory measures it against.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.coverage.denominators import Cell, fitted
from app.coverage.ledger.facts.reading import ids, rows
from app.coverage.queries.declared import Declared, declared
from app.coverage.queries.heads import Pair, by_heads
from app.coverage.queries.required import Required
from app.coverage.queries.summing import Within, summed, sums, until
from app.coverage.requirements.rules import Kind
from app.coverage.rules import instant
from app.factories.models import Factory
from app.platform.clock import now

KEYS = ("factory_id", "part")
_ALL = ("factory_id", "requirement_id", "part", "sex")
_OF_PROGRAMMES = Factory.programme_id.in_(ids("programmes"))
_FACTORIES = sa.select(Factory.id, Factory.programme_id).where(_OF_PROGRAMMES).order_by(Factory.id)


@dataclass(frozen=True)
class Key:
    """By what places are told apart; what nobody wanted to know is None."""

    requirement_id: int
    sex: str | None
    factory_id: int | None
    part: str | None


@dataclass(slots=True)
class Places:
    """How many there are, how many of them are covered, and how many are known by the headcount alone."""

    active: int = 0
    covered: int = 0
    declared: int = 0

    def add(self, active: int, covered: int, declared: int = 0) -> None:
        self.active += active
        self.covered += covered
        self.declared += declared


def places(
    requirements: Sequence[Required], zones: Mapping[int, str], on: date | None, keys: Sequence[str],
    factory_id: int | None = None,
) -> Mapping[Key, Places]:  # fmt: skip
    """Of these requirements by sex and by some of `KEYS`, at the end of a day or now: of every factory of the
    programmes, or of one. Four statements to six; two more where there are quotas, and six where factories have a
    headcount and nobody by name, or nobody in the roles of a quota. The caller has checked the programmes.
    """
    within, numbers = (Within.PROGRAMMES, list(zones)) if factory_id is None else (Within.FACTORIES, [factory_id])
    at, found = until(zones, on), defaultdict[Key, Places](Places)
    asks, quotas = _split(requirements)
    read = keys if factory_id is None else KEYS
    known = summed(_sums(("requirement_id", "sex", *read), within), within, numbers, at)
    for row in known:
        if row.requirement_id in asks:
            found[_key(row, keys)].add(row.active, row.valid)
    if "factory_id" not in read:
        known = summed(_sums(("factory_id",), within), within, numbers, at)
    by_name = {row.factory_id for row in known if row.active or row.waived}
    fine = summed(_sums(_ALL, within, of_some=True), within, numbers, at, quotas) if quotas else ()
    said = _declared(_unsure(quotas, zones, by_name) if factory_id is None else numbers, zones, on)
    named = {(row.factory_id, row.requirement_id) for row in fine if row.active}
    pairs = by_heads(said, by_name, named, requirements, on)
    for row in fine:
        if (row.factory_id, row.requirement_id) not in pairs:
            found[_key(row, keys)].add(row.active, row.valid)
    for pair, cells in _against_heads(pairs, fine, said, {**asks, **quotas}).items():
        for (role, sex), (people, covered) in cells.items():
            own = (pair[0] if "factory_id" in keys else None), (role if "part" in keys else None)
            found[Key(pair[1], sex, *own)].add(people, covered, people)
    return {key: each for key, each in found.items() if each.active}


def _split(requirements: Sequence[Required]) -> tuple[dict[int, Required], dict[int, Required]]:
    """Those that are measured against the staff list where there is one, and quotas."""
    asks = {each.id: each for each in requirements if each.kind is not Kind.QUOTA}
    return asks, {each.id: each for each in requirements if each.kind is Kind.QUOTA}


def _unsure(quotas: Mapping[int, Required], zones: Mapping[int, str], by_name: Set[int]) -> list[int]:
    """Factories that may be measured against their headcount: those without a staff list, and all where a programme
    has a quota. One statement.
    """
    having = {each.programme_id for each in quotas.values()}
    found = rows(_FACTORIES, {"programmes": list(zones)})
    return [row.id for row in found if row.programme_id in having or row.id not in by_name]


@cache
def _sums(keys: Sequence[str], within: Within, *, of_some: bool = False) -> sa.Select[Any]:
    return sums(keys, within, of_some=of_some)


def _key(row: Any, keys: Sequence[str]) -> Key:
    factory_id, part = (getattr(row, name) if name in keys else None for name in KEYS)
    return Key(row.requirement_id, row.sex, factory_id, part)


def _declared(factory_ids: Collection[int], zones: Mapping[int, str], on: date | None) -> Mapping[int, Declared]:
    if not factory_ids:
        return {}
    at = [instant(zone, on, now()) for zone in zones.values()]
    return declared(factory_ids, max(each.day for each in at), max(each.moment for each in at))


def _against_heads(
    pairs: Collection[Pair], fine: Sequence[Any], said: Mapping[int, Declared], requirements: Mapping[int, Required]
) -> Mapping[Pair, Mapping[Cell, tuple[int, int]]]:
    """Of each pair those who were declared, and who of them is known by name as covered."""
    covered: dict[Pair, Counter[Cell]] = defaultdict(Counter)
    for row in fine:
        covered[row.factory_id, row.requirement_id][row.part, row.sex] += row.valid
    return {pair: _fitted(said[pair[0]], requirements[pair[1]], covered[pair]) for pair in pairs}


def _fitted(said: Declared, requirement: Required, covered: Counter[Cell]) -> Mapping[Cell, tuple[int, int]]:
    """Who is not known by name is not covered, whatever is left unsaid."""
    heads: dict[Cell, int] = {
        (role.value, sex): people for (role, sex), people in said.counts.items() if role in requirement.roles
    }
    if not covered.total():
        return {cell: (people, 0) for cell, people in heads.items()}
    return fitted(heads, covered)
