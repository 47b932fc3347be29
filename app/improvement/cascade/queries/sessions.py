"""Sessions as entered: the list of a factory, one with its corrections, its roster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from app.access.actor import Actor
from app.courses.models import Course
from app.factories.headcounts.models import HeadcountCount
from app.factories.headcounts.queries import latest
from app.factories.models import Person
from app.improvement.ambassadors.models import Ambassador
from app.improvement.cascade.models import CascadePerson, CascadeSession
from app.improvement.cascade.rules import Level
from app.platform.db import db
from app.platform.refusal import NotFound


@dataclass(frozen=True)
class Chosen:
    """Which sessions a list shows; None for all."""

    level: Level | None = None
    theme: str = ""
    ambassador_id: int | None = None
    since: date | None = None
    until: date | None = None


def standing() -> sa.ColumnElement[bool]:
    """Entries that count: none replaced them, and they do not say that nothing was held."""
    later = aliased(CascadeSession)
    return sa.and_(~sa.exists().where(later.corrects_id == CascadeSession.id), CascadeSession.is_withdrawn.is_(False))


def in_sight(actor: Actor, factory_id: int) -> sa.ColumnElement[bool]:
    """Entries of a factory; of a person those about the sessions that she led. The caller has checked the factory."""
    of_factory = CascadeSession.factory_id == factory_id
    if actor.person_id is None:
        return of_factory
    own = sa.select(Ambassador.id).where(Ambassador.person_id == actor.person_id)
    return sa.and_(of_factory, CascadeSession.ambassador_id.in_(own))


def listed(actor: Actor, factory_id: int, chosen: Chosen) -> sa.Select[Any]:
    """What counts, the latest day first: the entry and the title of its course are loaded with it."""
    wanted: list[tuple[Any, sa.ColumnElement[bool]]] = [
        (chosen.level, CascadeSession.level == chosen.level),
        (chosen.theme, CascadeSession.theme == chosen.theme),
        (chosen.ambassador_id, CascadeSession.ambassador_id == chosen.ambassador_id),
        (chosen.since, CascadeSession.held_on >= (chosen.since or date.min)),
        (chosen.until, CascadeSession.held_on <= (chosen.until or date.max)),
    ]
    asked = [condition for value, condition in wanted if value]
    return (
        _whole()
        .where(in_sight(actor, factory_id), standing(), *asked)
        .order_by(CascadeSession.held_on.desc(), CascadeSession.id.desc())
    )


def one(actor: Actor, factory_id: int, cascade_id: int) -> CascadeSession:
    """An entry, whether it counts or not. Raises NotFound."""
    mine = _whole().where(in_sight(actor, factory_id), CascadeSession.id == cascade_id)
    found: CascadeSession | None = db.session.scalar(mine)
    if found is None:
        raise NotFound
    return found


def chain(row: CascadeSession) -> Sequence[CascadeSession]:
    """Every entry about the same session, the first one first; the last says what counts."""
    same = sa.or_(CascadeSession.id == row.root_id, CascadeSession.first_id == row.root_id)
    return db.session.scalars(_whole().where(same).order_by(CascadeSession.id)).all()


@dataclass(frozen=True)
class Listed:
    """Somebody on a roster, as the person is called now."""

    row: CascadePerson
    person: Person


def roster(cascade_id: int) -> list[Listed]:
    """Who was there, by name; an entry that turned out to be somebody else stands once."""
    entry = aliased(Person)
    rows = db.session.execute(
        sa.select(CascadePerson, Person)
        .join(entry, entry.id == CascadePerson.person_id)
        .join(Person, Person.id == sa.func.coalesce(entry.merged_into_id, entry.id))
        .where(CascadePerson.cascade_id == cascade_id)
        .order_by(Person.search_text, Person.id, CascadePerson.id)
    )
    found: dict[int, Listed] = {}
    for row, person in rows:
        found.setdefault(person.id, Listed(row, person))
    return list(found.values())


def declared(factory_id: int, on: date) -> int | None:
    """People whom the factory had declared by a day; None where it declared nothing."""
    counted = latest(factory_id, on)
    if counted is None:
        return None
    counts: Sequence[HeadcountCount] = counted.counts
    return sum(count.people for count in counts)


def course_of(code: str) -> Course | None:
    """The course that a form names, None for none. Raises NotFound for one that there is not."""
    if not code:
        return None
    found = db.session.scalar(sa.select(Course).where(Course.code == code))
    if found is None:
        raise NotFound
    return found


def _whole() -> sa.Select[Any]:
    return sa.select(CascadeSession).options(
        joinedload(CascadeSession.ambassador).joinedload(Ambassador.person),
        joinedload(CascadeSession.course), joinedload(CascadeSession.line),
    )  # fmt: skip
