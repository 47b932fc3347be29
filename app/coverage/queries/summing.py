"""Adding up the ledger to a day: the last balance before it and the movements since, in one statement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from app.coverage.ledger.facts.reading import ids, rows
from app.coverage.ledger.models import Balance, Movement
from app.coverage.ledger.rules import NAMES
from app.coverage.models import Requirement
from app.factories.models import Factory
from app.platform.clock import today
from app.platform.db import run


class Within(StrEnum):
    """Whose figures are added up."""

    FACTORIES = "factories"
    PROGRAMMES = "programmes"


@dataclass(frozen=True)
class Until:
    """The day up to which movements count. Where it is tomorrow already, in the programmes `ahead`, it is the next."""

    day: date
    next: date
    ahead: Sequence[int]


def until(zones: Mapping[int, str], on: date | None) -> Until:
    """A past day, or today by the zones of the programmes."""
    own = {programme_id: on or today(zone) for programme_id, zone in zones.items()}
    first = min(own.values())
    return Until(first, max(own.values()), [each for each, day in own.items() if day > first])


_DAY, _NEXT, _FROM = (sa.bindparam(name, type_=sa.Date()) for name in ("day", "next", "from_day"))
_LAST = sa.select(sa.func.max(Balance.until)).where(Balance.until <= _DAY)
_AHEAD = sa.select(Requirement.id).where(Requirement.programme_id.in_(ids("ahead")))
_KEYS = ("factory_id", "requirement_id", "part", "sex")


def is_booked(table: type[Movement] = Movement) -> sa.ColumnElement[bool]:
    """The movement was known, and true, when the day ended."""
    return sa.or_(
        table.booked_on <= _DAY, sa.and_(table.booked_on <= _NEXT, table.requirement_id.in_(_AHEAD))
    )


def sums(keys: Sequence[str], within: Within, *, of_some: bool = False) -> sa.Select[Any]:
    """Counts by some of factory_id, requirement_id, part and sex; `of_some` requirements alone. Build it once."""
    balances, movements = (_of(table, within, of_some=of_some) for table in (Balance, Movement))
    both = sa.union_all(
        balances.where(Balance.until == _FROM), movements.where(Movement.booked_on >= _FROM, is_booked())
    ).subquery()
    counts = [sa.func.sum(both.c[name]).label(name) for name in NAMES]
    grouped = [both.c[name] for name in keys]
    return sa.select(*grouped, *counts).group_by(*grouped)


def _of(table: Any, within: Within, *, of_some: bool) -> sa.Select[Any]:
    columns = sa.select(*(getattr(table, name) for name in (*_KEYS, *NAMES)))
    if of_some:
        columns = columns.where(table.requirement_id.in_(ids("requirements")))
    numbers = ids(within)
    own: Any = numbers if within is Within.FACTORIES else sa.select(Factory.id).where(Factory.programme_id.in_(numbers))
    return columns.where(table.factory_id.in_(own))


def summed(
    statement: sa.Select[Any], within: Within, numbers: Collection[int], at: Until, some: Collection[int] | None = None
) -> Sequence[sa.Row[Any]]:
    """The rows of a statement of `sums` as printed when the day ended, `of_some` those of these requirements. Two
    statements.
    """
    values = {} if some is None else {"requirements": list(some)}
    return rows(statement, {str(within): list(numbers), "from_day": begun(at), **bound(at), **values})


def begun(at: Until) -> date:
    """The first day that the last balance does not hold."""
    return run(_LAST, {"day": at.day}).scalar() or date.min


def bound(at: Until) -> dict[str, Any]:
    """The values of `is_booked`."""
    return {"day": at.day, "next": at.next, "ahead": list(at.ahead)}
