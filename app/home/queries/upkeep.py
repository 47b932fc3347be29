"""What a factory is to keep up to date, who of its people is due, and what it still has of its cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import Actor
from app.coverage.ledger.models import Movement
from app.coverage.ledger.rules import after
from app.coverage.models import Requirement
from app.coverage.portfolio.queries import rosters
from app.coverage.queries.declared import declared
from app.coverage.queries.summing import bound, is_booked, until
from app.factories.models import Factory, Person
from app.improvement.roadmap.queries.actions import ActionFilter, listed
from app.platform.clock import now, today
from app.platform.db import db
from app.sessions.service.queries import Served, served

_MOST = 12
_EACH = 4
"""So many requirements on average that somebody lacks; what is more is behind the link."""


@dataclass(frozen=True)
class Upkeep:
    """One factory. A day is None where nothing was ever sent; `overdue` of the `actions` should be done by now."""

    factory: Factory
    roster_on: date | None
    roster_is_old: bool
    headcount_on: date | None
    headcount_is_old: bool
    actions: int
    overdue: int
    served: Served


@dataclass(frozen=True)
class Due:
    """Somebody who lacks something that is required: (code, titles) each, nominated or not."""

    person: Any
    factory_code: str
    lacks: Sequence[tuple[str, Mapping[str, str]]]


def upkeep(actor: Actor, factories: Sequence[Factory]) -> list[Upkeep]:
    """Nine statements, however many factories. The caller has checked the factories."""
    if not factories:
        return []
    ids = [each.id for each in factories]
    sent, said = rosters(ids), declared(ids, now().date(), now())
    how = {each.factory.id: each for each in served(factories)}
    actions = db.session.scalars(listed(actor, ActionFilter())).all()
    found = []
    for factory in factories:
        zone, months = factory.programme.zone, factory.programme.headcount_months
        day, own = today(zone), [each for each in actions if each.factory_id == factory.id]
        roster = sent[factory.id].astimezone(ZoneInfo(zone)).date() if factory.id in sent else None
        heads = said[factory.id].as_of if factory.id in said else None
        late = sum(each.due_on < day for each in own)
        found.append(
            Upkeep(
                factory, roster, roster is None or day >= after(roster, months),
                heads, heads is None or day >= after(heads, months), len(own), late, how[factory.id],
            )
        )  # fmt: skip
    return found


def due(factories: Sequence[Factory]) -> list[Due]:
    """The first by name of those who lack something, committees apart: who sits on one is no list to hang up. One
    statement. The caller has checked the factories.
    """
    zones = {each.programme_id: each.programme.zone for each in factories}
    if not zones:
        return []
    key: list[Any] = [Movement.factory_id, Movement.person_id, Movement.requirement_id]
    lacking = (
        sa.select(*key)
        .where(
            Movement.factory_id.in_([each.id for each in factories]), Movement.person_id.is_not(None), is_booked(),
            Movement.part.not_in(["management", "worker"]),
        )
        .group_by(*key)
        .having(sa.func.sum(Movement.active - Movement.valid) != 0)
        .subquery()
    )
    names: list[Any] = [
        Person.id, Person.name, Person.local_name, Person.language, Factory.code.label("factory_code"),
        Requirement.code, Requirement.title,
    ]  # fmt: skip
    rows = db.session.execute(
        sa.select(*names)
        .join(lacking, lacking.c.person_id == Person.id)
        .join(Factory, Factory.id == lacking.c.factory_id)
        .join(Requirement, Requirement.id == lacking.c.requirement_id)
        .order_by(Person.search_text, Person.id, Requirement.code)
        .limit(_MOST * _EACH),
        bound(until(zones, None)),
    )
    found: dict[tuple[int, str], Due] = {}
    for row in rows:
        was = found.get((row.id, row.factory_code), Due(row, row.factory_code, ()))
        lacks = (*was.lacks, (row.code, row.title or {"en": row.code}))
        found[row.id, row.factory_code] = Due(row, row.factory_code, lacks)
    return list(found.values())[:_MOST]
