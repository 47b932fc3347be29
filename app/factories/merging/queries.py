"""People who may be two entries of one, as far as the actor may join them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.merging.rules import Known, Pair, suggest
from app.factories.models import Employment, Factory, NotTheSame, Person, PersonMerge, Programme
from app.factories.rules import JobRole
from app.platform.db import db
from app.platform.i18n.folding import searchable
from app.platform.refusal import NotFound

_MAY = Permission.PEOPLE_MERGE


def programme_by_code(actor: Actor, code: str, permission: Permission = _MAY) -> Programme:
    """The programme, where the actor holds the permission in the whole of it. Raises NotFound."""
    found = db.session.scalar(sa.select(Programme).where(Programme.code == code))
    if found is None or not actor.scope(permission).reaches(found.id):
        raise NotFound
    return found


def suggestions(programme_id: int) -> list[Pair]:
    """Likely duplicates among the people of a programme. Two statements. The caller has checked the programme."""
    apart = db.session.execute(sa.select(NotTheSame.first_id, NotTheSame.second_id))
    return suggest(_known(programme_id), [(first, second) for first, second in apart])


def _known(programme_id: int) -> list[Known]:
    """People who ever worked in the programme and in no other."""
    columns = (Person.id, Person.name, Person.local_name, Person.sex, Person.birth_band, Person.phone)
    here, elsewhere = (
        sa.exists()
        .where(Employment.person_id == Person.id, Employment.factory_id == Factory.id, condition)
        .correlate(Person)
        for condition in (Factory.programme_id == programme_id, Factory.programme_id != programme_id)
    )
    is_itself = sa.and_(Person.erased_at.is_(None), Person.merged_into_id.is_(None))
    says = sa.or_(Person.phone.is_not(None), Person.birth_band.is_not(None))
    rows = db.session.execute(
        sa.select(*columns).where(here, ~elsewhere, says, is_itself).order_by(Person.id)
    )
    return [
        Known(person_id, searchable(name), searchable(local), sex, band, phone)
        for person_id, name, local, sex, band, phone in rows
    ]


@dataclass(frozen=True)
class Card:
    """A person as the list of likely duplicates shows it, with the latest work."""

    person_id: int
    name: str
    local_name: str | None
    language: str
    birth_band: str | None
    phone: str | None
    factory: str
    employee_number: str
    role: JobRole | None
    ended_on: date | None


def cards(person_ids: Collection[int]) -> dict[int, Card]:
    """People by id, each with the employment that began last. One statement."""
    latest = sa.func.row_number().over(
        partition_by=Employment.person_id, order_by=(Employment.started_on.desc(), Employment.id.desc())
    )
    rows = (
        sa.select(
            Person.id, Person.name, Person.local_name, Person.language, Person.birth_band, Person.phone,
            Factory.name.label("factory"), Employment.employee_number, Employment.role, Employment.ended_on,
            latest.label("place"),
        )
        .join(Employment, Employment.person_id == Person.id)
        .join(Factory, Factory.id == Employment.factory_id)
        .where(Person.id.in_(person_ids))
        .subquery()
    )
    first = sa.select(*(column for column in rows.c if column.name != "place")).where(rows.c.place == 1)
    return {row.id: Card(*tuple(row)) for row in db.session.execute(first)}


def programmes_of(person_id: int) -> set[int]:
    """Programmes in which the person ever worked."""
    return set(
        db.session.scalars(
            sa.select(Factory.programme_id)
            .join(Employment, Employment.factory_id == Factory.id)
            .where(Employment.person_id == person_id)
            .distinct()
        )
    )


def person_for(actor: Actor, person_id: int, permission: Permission = _MAY) -> tuple[Person, set[int]]:
    """The person and its programmes, where the actor holds the permission in each of them. Raises NotFound."""
    found, programmes = db.session.get(Person, person_id), programmes_of(person_id)
    scope = actor.scope(permission)
    if found is None or not programmes or not all(scope.reaches(each) for each in programmes):
        raise NotFound
    return found, programmes


def merge_for(actor: Actor, merge_id: int) -> PersonMerge:
    """The merge, where the actor may merge people. Raises NotFound."""
    found = db.session.get(PersonMerge, merge_id)
    if found is None:
        raise NotFound
    person_for(actor, found.winner_id)
    return found


def merges_of(person_id: int) -> list[PersonMerge]:
    """Merges into this person that stand, the latest first."""
    standing = sa.select(PersonMerge).where(PersonMerge.winner_id == person_id, PersonMerge.undone_at.is_(None))
    return list(db.session.scalars(standing.order_by(PersonMerge.id.desc())))


def aliases(person_id: int) -> list[int]:
    """Entries that turned out to be this person."""
    return list(db.session.scalars(sa.select(Person.id).where(Person.merged_into_id == person_id).order_by(Person.id)))


def entries(person_ids: Collection[int]) -> list[int]:
    """These people and every entry that turned out to be one of them."""
    theirs = sa.or_(Person.id.in_(person_ids), Person.merged_into_id.in_(person_ids))
    return list(db.session.scalars(sa.select(Person.id).where(theirs).order_by(Person.id)))
