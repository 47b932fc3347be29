"""What was learnt later about a day whose figure was printed before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.coverage.ledger.facts.reading import rows
from app.coverage.ledger.models import Movement
from app.coverage.ledger.rules import NAMES
from app.coverage.queries.required import Required
from app.coverage.rules import Figure
from app.factories.models import Factory, Person
from app.factories.rules import Sex
from app.platform.clock import today


@dataclass(frozen=True)
class Adjustment:
    """By how much the figure of the day would be another, because of whom - None: a line or the factory itself -, since
    when that is known, and what had happened: the event in one word.
    """

    cause: str
    recorded_on: date
    person_id: int | None
    name: str | None
    change: Figure


def _later(*only: sa.ColumnElement[bool]) -> sa.Select[Any]:
    counts = [sa.func.sum(getattr(Movement, name)).label(name) for name in NAMES]
    key: list[Any] = [
        Movement.requirement_id, Movement.recorded_on, Movement.cause, Movement.person_id, Person.name, Movement.part,
        Movement.sex,
    ]
    day, now = sa.bindparam("day", type_=sa.Date()), sa.bindparam("now", type_=sa.Date())
    return (
        sa.select(*key, *counts)
        .outerjoin(Person, Person.id == Movement.person_id)
        .where(
            Movement.factory_id == sa.bindparam("factory"), Movement.day <= day, Movement.booked_on > day,
            Movement.booked_on <= now, *only,
        )
        .group_by(*key)
        .having(sa.or_(*(each != 0 for each in counts)))
        .order_by(Movement.recorded_on, Movement.cause, Person.name, Movement.person_id)
    )  # fmt: skip


_LATER = _later(Movement.requirement_id == sa.bindparam("requirement"))
_LATER_OF_ALL = _later()


def adjustments(factory: Factory, requirement: Required, on: date) -> Sequence[Adjustment]:
    """What the figures of a day, as they were printed, lack of what is known of it today. One statement.

    Printed and adjustments together are what happened. The caller has checked the factory.
    """
    values = {"factory": factory.id, "requirement": requirement.id, "day": on, "now": today(factory.programme.zone)}
    return [_adjustment(row) for row in rows(_LATER, values)]


def all_adjustments(factory: Factory, on: date, known: date | None = None) -> Mapping[int, Sequence[Adjustment]]:
    """The same for every requirement by its id, of what was known today or on a day. One statement."""
    values = {"factory": factory.id, "day": on, "now": known or today(factory.programme.zone)}
    found: dict[int, list[Adjustment]] = defaultdict(list)
    for row in rows(_LATER_OF_ALL, values):
        found[row.requirement_id].append(_adjustment(row))
    return found


def _adjustment(row: Any) -> Adjustment:
    return Adjustment(row.cause, row.recorded_on, row.person_id, row.name, _change(row))


def _change(row: Any) -> Figure:
    sex: Sex | None = row.sex
    return Figure(
        sex, row.active, row.valid, row.due, row.ever, row.lost, row.part, row.waived, row.units, row.met, row.due_90
    )
