"""Reading the names that other systems use. The caller has checked the person or the factory."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.xapi.models import KnownAs, Numbering, OtherName
from app.api.xapi.people.rules import Name
from app.factories.models import Employment, Factory, Person
from app.factories.queries import visible_factories
from app.platform.db import db
from app.platform.refusal import NotFound

SIZE = 100


def own_name(person_id: int) -> str | None:
    """The name that this system gave a person, where it gave one."""
    mine = sa.select(KnownAs.name).where(KnownAs.person_id == person_id)
    return db.session.scalar(mine.order_by(KnownAs.id).limit(1))


def names_of_person(person_id: int) -> Sequence[OtherName]:
    """Names in other systems that mean a person now."""
    mine = sa.select(OtherName).where(OtherName.person_id.in_(_entries(person_id)), OtherName.ended_at.is_(None))
    return db.session.scalars(mine.order_by(OtherName.home_page.is_(None), OtherName.home_page, OtherName.name)).all()


def name_of_person(person_id: int, name_id: int) -> OtherName:
    """One name of a person. Raises NotFound."""
    mine = sa.select(OtherName).where(OtherName.id == name_id, OtherName.person_id.in_(_entries(person_id)))
    if (found := db.session.scalar(mine.with_for_update())) is None:
        raise NotFound
    return found


def holders(actor: Actor, name: Name, permission: Permission) -> Sequence[Person]:
    """Whom a name means of those that the actor sees."""
    entry = aliased(Person)
    factories = visible_factories(actor, permission).with_only_columns(Factory.id)
    seen = sa.exists().where(Employment.person_id == Person.id, Employment.factory_id.in_(factories))
    return db.session.scalars(
        sa.select(Person).distinct()
        .join(entry, sa.func.coalesce(entry.merged_into_id, entry.id) == Person.id)
        .join(OtherName, OtherName.person_id == entry.id)
        .where(OtherName.key == name.key, OtherName.ended_at.is_(None), seen).order_by(Person.id)
    ).all()  # fmt: skip


def numberings(factory_id: int) -> Sequence[Numbering]:
    """Addresses at which names are employee numbers of a factory."""
    mine = sa.select(Numbering).where(Numbering.factory_id == factory_id, Numbering.ended_at.is_(None))
    return db.session.scalars(mine.order_by(Numbering.home_page)).all()


def numbering(factory_id: int, numbering_id: int) -> Numbering:
    """One of them, also one that was ended. Raises NotFound."""
    found = db.session.get(Numbering, numbering_id)
    if found is None or found.factory_id != factory_id:
        raise NotFound
    return found


def named_people(factory_id: int, number: int) -> tuple[Sequence[tuple[int, str, OtherName]], bool]:
    """A page of names that staff said of people who work at a factory now - person, how she is called here, the name -
    and whether more follow.
    """
    entry = aliased(Person)
    works_here = sa.exists().where(
        Employment.person_id == Person.id, Employment.factory_id == factory_id, Employment.ended_on.is_(None)
    )
    rows = db.session.execute(
        sa.select(Person.id, Person.name, OtherName)
        .join(entry, sa.func.coalesce(entry.merged_into_id, entry.id) == Person.id)
        .join(OtherName, OtherName.person_id == entry.id)
        .where(works_here, OtherName.ended_at.is_(None))
        .order_by(Person.search_text, Person.id, OtherName.id).limit(SIZE + 1).offset(SIZE * (number - 1))
    ).all()  # fmt: skip
    return [(person_id, name, row) for person_id, name, row in rows[:SIZE]], len(rows) > SIZE


def _entries(person_id: int) -> sa.Select[int]:
    """The person, and entries that turned out to be her."""
    return sa.select(Person.id).where(sa.or_(Person.id == person_id, Person.merged_into_id == person_id))
