"""Reading ambassadors: lists, one, who trains on a day, who is certified."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.access.actor import Actor
from app.courses.models import PathwayVersion
from app.factories.models import Factory, Person, Programme
from app.improvement.ambassadors import terms
from app.improvement.ambassadors.models import Ambassador
from app.improvement.ambassadors.policy import in_sight
from app.improvement.ambassadors.progress import Known, Task, known, progress_of, tasks_of, way
from app.improvement.ambassadors.rules import AmbassadorKind, Progress, TaskState, Term, TermState
from app.platform.clock import today
from app.platform.db import db
from app.platform.refusal import NotFound


@dataclass(frozen=True)
class Listed:
    """An ambassador, and how far on the way today."""

    row: Ambassador
    term: Term
    state: TermState
    progress: Progress
    tasks: Sequence[Task]

    @property
    def confirmed(self) -> int:
        """Tasks that a trainer or advisor confirmed."""
        return sum(task.state is TaskState.CONFIRMED for task in self.tasks)

    @property
    def logged(self) -> int:
        """Tasks of which something was logged, confirmed or not."""
        return sum(task.state is not TaskState.OPEN for task in self.tasks)


def listed(actor: Actor, *which: sa.ColumnElement[bool]) -> list[Listed]:
    """The ambassadors that the actor sees, by factory and name. Five statements."""
    return _read(sa.and_(in_sight(actor), *which))


def of_factory(factory_id: int) -> list[Listed]:
    """Those of a factory. The caller has checked the factory."""
    return _read(Ambassador.factory_id == factory_id)


def on_pathway(factory_ids: Collection[int]) -> list[Listed]:
    """The ambassadors of these factories, whose terms hold today, for the requirement of a pathway: modules done, on
    pace or not. Five statements. The caller has checked the factories.
    """
    return [each for each in _read(Ambassador.factory_id.in_(factory_ids)) if each.state is TermState.CURRENT]


def one(actor: Actor, ambassador_id: int) -> Listed:
    """One term. Raises NotFound."""
    found = listed(actor, Ambassador.id == ambassador_id)
    if not found:
        raise NotFound
    return found[0]


def own(actor: Actor) -> list[Listed]:
    """The terms of a person who signed in, the latest first; none for anybody else."""
    if actor.person_id is None:
        return []
    return sorted(_read(Ambassador.person_id == actor.person_id), key=lambda each: each.row.starts_on, reverse=True)


def is_ambassador(person_id: int) -> bool:
    """Whether a person has a term, now, once or to come. One statement."""
    return bool(db.session.scalar(sa.select(sa.exists().where(Ambassador.person_id == person_id))))


@dataclass(frozen=True)
class Teaching:
    """Somebody who is an ambassador of a factory on a day. `is_certified`: what is passed on counts as level B."""

    ambassador_id: int
    person_id: int
    name: str
    is_certified: bool


def teaching_on(factory_id: int, day: date) -> list[Teaching]:
    """Who is an ambassador of a factory on a day, by name: a master trainer is certified, an ambassador once the whole
    pathway was done by that day. The caller has checked the factory.
    """
    rows = _rows(sa.and_(Ambassador.factory_id == factory_id, terms.holds_on(day)))
    facts = _known([row for row, _left in rows])
    return [
        Teaching(row.id, row.person_id, row.person.name, _is_certified(row, facts, day)) for row, _left in rows
    ]


def own_factories(person_id: int, day: date | None = None) -> set[int]:
    """Factories of which a person is an ambassador today, each by its own calendar."""
    rows = _rows(Ambassador.person_id == person_id)
    return {
        row.factory_id for row, left in rows
        if terms.term(row, left).holds_on(day or today(row.factory.programme.zone))
    }  # fmt: skip


def others_of(factory_id: int, person_id: int) -> list[tuple[Ambassador, Term]]:
    """All terms of a person at a factory."""
    mine = sa.and_(Ambassador.factory_id == factory_id, Ambassador.person_id == person_id)
    return [(row, terms.term(row, left)) for row, left in _rows(mine)]


def _is_certified(row: Ambassador, facts: Known, day: date) -> bool:
    if row.kind is AmbassadorKind.MASTER_TRAINER:
        return True
    steps, completed = way(row.pathway_version), facts.completed.get(row.person_id, {})
    found = progress_of(row.pathway_version, completed, row.starts_on, day, row.factory.programme.zone)
    return bool(steps) and found.done == len(steps)


def _rows(which: sa.ColumnElement[bool]) -> list[tuple[Ambassador, date | None]]:
    columns: tuple[Any, ...] = (Ambassador, terms.left_on())
    statement = (
        sa.select(*columns)
        .join(Person, Person.id == Ambassador.person_id)
        .join(Factory, Factory.id == Ambassador.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .options(
            contains_eager(Ambassador.person),
            contains_eager(Ambassador.factory).contains_eager(Factory.programme),
            joinedload(Ambassador.pathway_version).joinedload(PathwayVersion.pathway),
        )
        .where(which)
        .order_by(Factory.name, Factory.id, Person.search_text, Ambassador.starts_on, Ambassador.id)
    )
    return [(row, left) for row, left in db.session.execute(statement).unique()]


def _known(rows: Sequence[Ambassador]) -> Known:
    return known({row.person_id for row in rows}, {row.pathway_version for row in rows})


def _read(which: sa.ColumnElement[bool]) -> list[Listed]:
    rows = _rows(which)
    facts, found = _known([row for row, _left in rows]), []
    for row, left in rows:
        zone, term = row.factory.programme.zone, terms.term(row, left)
        day, version = today(zone), row.pathway_version
        until = min(day, term.last_day or day)
        done = progress_of(version, facts.completed.get(row.person_id, {}), row.starts_on, until, zone)
        if row.kind is AmbassadorKind.MASTER_TRAINER:  # certified already: no module is due
            done = replace(done, due=None)
        found.append(Listed(row, term, term.state(day), done, tasks_of(version, row.person_id, facts)))
    return found
