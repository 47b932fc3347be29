"""Contact data of people who left, and files that were handed in: kept for a time, then no more."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.factories.models import Employment, Factory, Person, PersonMerge, RosterImport
from app.factories.rules import ImportState
from app.factories.undo import CONTACTS, without_contacts
from app.factories.undo import forget_contacts as forget_contacts_of
from app.platform.clock import months_before, now
from app.platform.config import settings
from app.platform.db import db

Programmes = Collection[int] | None
"""Programmes that are looked at; None for all."""


MOST_ROSTERS = 10
"""The largest lists, of 20,000 rows, take some tenths of a second each."""


_ITSELF = sa.func.coalesce(Person.merged_into_id, Person.id)
"""Whose work counts: an entry that turned out to be somebody else has none of its own."""


def worked_in(programmes: Programmes) -> sa.ColumnElement[bool]:
    """People who ever worked in one of the programmes."""
    work = sa.exists().where(Employment.person_id == _ITSELF)
    if programmes is None:
        return work
    return work.where(Employment.factory_id == Factory.id, Factory.programme_id.in_(programmes))


def left_before(day: date) -> sa.ColumnElement[bool]:
    """People who work nowhere, and did not on or after a day."""
    stays = sa.exists().where(
        Employment.person_id == _ITSELF, sa.or_(Employment.ended_on.is_(None), Employment.ended_on > day)
    )
    return ~stays


_CONTACTS_OF_MERGES = [
    PersonMerge.moved["person", when, name].as_string().is_not(None)
    for when in ("before", "after")
    for name in CONTACTS
]


def due_contacts(programmes: Programmes = None) -> sa.Select[Any]:
    """People who left long enough ago - each of their entries - and of whom a telephone or address is still known."""
    before = months_before(now(), settings().keep_contacts_months).date()
    kept = sa.exists().where(PersonMerge.winner_id == Person.id, sa.or_(*_CONTACTS_OF_MERGES))
    known = sa.or_(Person.phone.is_not(None), Person.email.is_not(None), kept)
    return sa.select(Person.id).where(known, worked_in(programmes), left_before(before)).order_by(Person.id)


def forget_contacts(person_ids: Collection[int]) -> list[str]:
    """Take telephone and address out, also of what merges and staff lists would put back."""
    db.session.execute(sa.update(Person).where(Person.id.in_(person_ids)).values(phone=None, email=None))
    mine = sa.or_(PersonMerge.winner_id.in_(person_ids), PersonMerge.loser_id.in_(person_ids))
    for merge in db.session.scalars(sa.select(PersonMerge).where(mine)):
        told = {when: without_contacts(said) for when, said in merge.moved["person"].items()}
        merge.moved = {**merge.moved, "person": told}
    here = sa.select(Employment.factory_id).where(Employment.person_id.in_(person_ids))
    kept = RosterImport.undo.is_not(sa.null())
    for found in db.session.scalars(sa.select(RosterImport).where(kept, RosterImport.factory_id.in_(here))):
        if found.undo:
            found.undo = forget_contacts_of(found.undo, set(person_ids))
    db.session.flush()
    return []


def in_one_go(person_ids: Sequence[int]) -> Sequence[int]:
    """The first of these people - at least one - of whom no more than `MOST_ROSTERS` staff lists are gone through."""
    lists = sa.select(RosterImport.factory_id, sa.func.count()).where(RosterImport.file_key != "")
    kept: dict[int, int] = dict(db.session.execute(lists.group_by(RosterImport.factory_id)).all())
    work: dict[int, set[int]] = defaultdict(set)
    of_all = sa.select(_ITSELF, Employment.factory_id).join(Employment, Employment.person_id == Person.id)
    for person_id, factory_id in db.session.execute(of_all.where(_ITSELF.in_(person_ids))):
        work[person_id].add(factory_id)
    factories: set[int] = set()
    for place, person_id in enumerate(person_ids):
        new = work[person_id] - factories
        factories |= new
        if place and new and sum(kept.get(each, 0) for each in factories) > MOST_ROSTERS:
            return person_ids[:place]
    return person_ids


def due_rosters(programmes: Programmes = None) -> sa.Select[Any]:
    """Staff lists that were read long enough ago and whose rows are still kept."""
    before: datetime = months_before(now(), settings().keep_evidence_months)
    old = sa.and_(RosterImport.created_at <= before, RosterImport.state != ImportState.WORKING)
    kept = sa.or_(RosterImport.file_key != "", RosterImport.state == ImportState.PREVIEWED)
    statement = sa.select(RosterImport.id).where(old, kept).order_by(RosterImport.id)
    if programmes is None:
        return statement
    here = sa.select(Factory.id).where(Factory.programme_id.in_(programmes))
    return statement.where(RosterImport.factory_id.in_(here))


def forget_rosters(import_ids: Collection[int]) -> list[str]:
    """Keep the counts of what was applied; drop what was only looked at. Answers the keys of the files."""
    mine = RosterImport.id.in_(import_ids)
    keys = list(db.session.scalars(sa.select(RosterImport.file_key).where(mine, RosterImport.file_key != "")))
    db.session.execute(sa.delete(RosterImport).where(mine, RosterImport.state == ImportState.PREVIEWED))
    db.session.execute(sa.update(RosterImport).where(mine).values(file_key="", undo=sa.null()))
    return keys
