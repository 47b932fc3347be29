"""Reading samples. Who draws them sees what is in them; the factory sees what was found."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, selectinload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Employment, Factory, Person
from app.factories.queries import factory_by_code, held_on
from app.improvement.ambassadors.models import Ambassador
from app.improvement.cascade.models import CascadePerson, CascadeSession
from app.improvement.cascade.queries.sessions import standing
from app.improvement.cascade.rules import Level
from app.improvement.cascade.samples.models import Sample, SampleItem
from app.improvement.cascade.samples.rules import Found, Share, share_of
from app.platform.db import db
from app.platform.refusal import NotFound

VALIDATE = Permission.CASCADE_VALIDATE


@dataclass(frozen=True)
class Results:
    """What visits found of the sessions of a factory, level by level, and of the people who were asked (level B)."""

    sessions: dict[Level, Share] = field(default_factory=dict)
    people: Share = Share()
    last_on: date | None = None


def results(factory_ids: Collection[int]) -> dict[int, Results]:
    """By factory, of those in which something was checked: of entries that count no more too, since they were found so.

    One statement. The caller has checked the factories.
    """
    rows: sa.Result[Any] = db.session.execute(
        sa.select(
            Sample.factory_id, SampleItem.person_id.is_(None).label("is_session"), CascadeSession.level,
            SampleItem.found, sa.func.count().label("number"), sa.func.max(SampleItem.checked_on).label("last_on"),
        )
        .join(SampleItem, SampleItem.sample_id == Sample.id)
        .join(CascadeSession, CascadeSession.id == SampleItem.cascade_id)
        .where(Sample.factory_id.in_(factory_ids), SampleItem.found.is_not(None))
        .group_by(Sample.factory_id, SampleItem.person_id.is_(None), CascadeSession.level, SampleItem.found)
    )  # fmt: skip
    sessions: dict[int, dict[Level, Share]] = defaultdict(dict)
    people: dict[int, Share] = defaultdict(Share)
    last: dict[int, date] = {}
    for row in rows:
        said = share_of([row.found] * row.number)
        if row.is_session:
            sessions[row.factory_id][row.level] = sessions[row.factory_id].get(row.level, Share()) + said
        else:
            people[row.factory_id] += said
        last[row.factory_id] = max(row.last_on, last.get(row.factory_id, row.last_on))
    return {factory_id: Results(sessions[factory_id], people[factory_id], last[factory_id]) for factory_id in last}


def samples(actor: Actor, code: str) -> tuple[Factory, Sequence[Sample]]:
    """A factory and its samples, the latest first. Raises NotFound."""
    factory = factory_by_code(actor, code, VALIDATE)
    statement = sa.select(Sample).where(Sample.factory_id == factory.id).options(selectinload(Sample.items))
    return factory, db.session.scalars(statement.order_by(Sample.id.desc())).all()


def sample(actor: Actor, code: str, sample_id: int) -> tuple[Factory, Sample]:
    """One sample with what it holds. Raises NotFound."""
    factory = factory_by_code(actor, code, VALIDATE)
    whole = selectinload(Sample.items)
    session = whole.joinedload(SampleItem.cascade)
    found = db.session.scalar(
        sa.select(Sample)
        .where(Sample.id == sample_id, Sample.factory_id == factory.id)
        .options(
            session.joinedload(CascadeSession.ambassador).joinedload(Ambassador.person),
            session.joinedload(CascadeSession.line), whole.joinedload(SampleItem.person),
        )
    )
    if found is None:
        raise NotFound
    return factory, found


def item(sample_id: int, item_id: int) -> SampleItem:
    """A line of a sample, held. Raises NotFound."""
    mine = sa.select(SampleItem).where(SampleItem.id == item_id, SampleItem.sample_id == sample_id)
    found = db.session.scalar(mine.with_for_update(of=SampleItem))
    if found is None:
        raise NotFound
    return found


def sessions_to_draw(factory_id: int, since: date | None) -> list[int]:
    """Sessions of a factory that count, held since a day."""
    held = sa.select(CascadeSession.id).where(CascadeSession.factory_id == factory_id, standing())
    if since is not None:
        held = held.where(CascadeSession.held_on >= since)
    return list(db.session.scalars(held))


def people_to_draw(cascade_ids: Collection[int], factory_id: int, day: date) -> dict[int, int]:
    """People on the rosters of these sessions who work at the factory on the day, each with the latest of them."""
    entry = aliased(Person)
    itself = sa.func.coalesce(entry.merged_into_id, entry.id)
    works = sa.exists().where(
        Employment.person_id == itself, Employment.factory_id == factory_id, held_on(day)
    ).correlate(entry)  # fmt: skip
    rows = db.session.execute(
        sa.select(itself, CascadePerson.cascade_id)
        .select_from(CascadePerson)
        .join(entry, entry.id == CascadePerson.person_id)
        .join(CascadeSession, CascadeSession.id == CascadePerson.cascade_id)
        .where(CascadePerson.cascade_id.in_(cascade_ids), works)
        .order_by(CascadeSession.held_on, CascadeSession.id)
    )
    return {person_id: cascade_id for person_id, cascade_id in rows}  # noqa: C416 - rows are no pairs to a type checker


def shares(found: Sample) -> tuple[Share, Share]:
    """What was found of the sessions of a sample, and of its people."""
    said: dict[bool, list[Found]] = {True: [], False: []}
    for each in found.items:
        if each.found is not None:
            said[each.person_id is None].append(each.found)
    return share_of(said[True]), share_of(said[False])
