"""Saying what holds now, once, and taking back what does not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from app.api.xapi import names
from app.api.xapi.facts import looking, rules
from app.api.xapi.models import Fact, KnownAs, Statement
from app.api.xapi.operations.storing import Written, hold, write
from app.api.xapi.queries.placing import Place
from app.api.xapi.rules.versions import Version
from app.factories.models import Person
from app.platform.db import db, insert


@dataclass(frozen=True)
class _ToSay:
    statement: dict[str, Any]
    place: Place


def tell(subjects: Collection[str]) -> int:
    """Bring the statements of these things up to what holds. Answers how many were added. Saying it again adds none."""
    if not subjects:
        return 0
    hold()
    facts = looking.facts_of(subjects)
    known = known_as({fact.person_id for fact in facts.values()})
    told = {row.subject: row for row in db.session.scalars(sa.select(Fact).where(Fact.subject.in_(subjects)))}
    places = _places({row.statement_uuid: row.subject for row in told.values() if row.statement_uuid})
    batch: list[_ToSay] = []
    for subject in sorted(subjects):
        fact = facts.get(subject)
        if fact is not None and fact.person_id not in known:
            continue  # the person is erased: what was said stays as it is
        place = fact.place if fact else places.get(subject, Place())
        batch += _settle(subject, fact, place, told.get(subject), known)
    by = Written(None, None, names.authority_of(None))
    return len(write([each.statement for each in batch], by, [each.place for each in batch], Version.NEW))


def _places(ids: Mapping[str, str]) -> dict[str, Place]:
    """Thing -> where its last statement is read; `ids` are those of the statements."""
    rows = db.session.execute(
        sa.select(Statement.uuid, Statement.person_id, Statement.factory_id, Statement.programme_id)
        .where(Statement.uuid.in_(ids))
    )  # fmt: skip
    return {ids[row.uuid]: Place(row.person_id, row.factory_id, row.programme_id) for row in rows}


def _settle(
    subject: str, fact: looking.Fact | None, place: Place, row: Fact | None, known: Mapping[int, str]
) -> list[_ToSay]:
    """What is to be said of one thing, and the row that remembers it."""
    home, added = names.home(), list[_ToSay]()
    statement = rules.content(fact.said, names.person(known[fact.person_id]), home) if fact else None
    said = rules.print_of(statement) if statement else None
    if said == (row.said if row else None):
        return []
    row = row or Fact(subject=subject, said=None, round=0)
    db.session.add(row)
    if row.said is not None and row.statement_uuid is not None:
        void = rules.voiding(row.statement_uuid, names.authority_of(None))
        added.append(_ToSay({**void, "id": str(uuid4())}, place))
    if statement:
        row.round += 1
        row.statement_uuid = str(uuid4())
        added.append(_ToSay({**statement, "id": row.statement_uuid}, place))
    row.said = said
    return added


def known_as(person_ids: Collection[int]) -> dict[int, str]:
    """Person -> the name under which other systems know her, made where there is none; nobody who is erased."""
    holder = sa.func.coalesce(Person.merged_into_id, Person.id)
    of = sa.select(Person.id, holder.label("holder_id")).where(Person.id.in_(person_ids), Person.erased_at.is_(None))
    holders = {row.id: row.holder_id for row in db.session.execute(of)}
    found = _names(holders.values())
    if missing := sorted(set(holders.values()) - found.keys()):
        rows = [{"name": token_hex(16), "person_id": person_id} for person_id in missing]
        db.session.execute(insert(KnownAs).values(rows))
        found |= _names(missing)
    return {person_id: found[holder_id] for person_id, holder_id in holders.items()}


def _names(person_ids: Collection[int]) -> dict[int, str]:
    mine = sa.select(KnownAs.person_id, KnownAs.name).where(KnownAs.person_id.in_(person_ids))
    return {row.person_id: row.name for row in db.session.execute(mine.order_by(KnownAs.id.desc()))}
