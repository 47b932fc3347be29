"""Under which names other systems know people: given by this system, said by staff, or the employee numbers."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.xapi import names as own
from app.api.xapi.facts.telling import known_as
from app.api.xapi.models import Numbering, OtherName
from app.api.xapi.people import queries
from app.api.xapi.people.rules import Name
from app.factories import queries as factories
from app.factories.models import Employment, Factory, Person
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused

MAY = Permission.FACTORIES_MANAGE
HEADER = ("employee_number", "homePage", "name")
"""Of the list of a factory."""


def name_people(actor: Actor, factory_code: str) -> list[tuple[str, str]]:
    """Employee number and name of everybody who works there; who has no name gets one. Raises NotFound."""
    factory = factories.factory_by_code(actor, factory_code, MAY)
    rows = db.session.execute(
        sa.select(Employment.employee_number, Employment.person_id)
        .where(Employment.factory_id == factory.id, Employment.ended_on.is_(None)).order_by(Employment.number_key)
    ).all()  # fmt: skip
    names = known_as({row.person_id for row in rows})
    audit.record(actor, "xapi.name_people", f"factory:{factory.id}", people=len(names))
    return [(row.employee_number, names[row.person_id]) for row in rows if row.person_id in names]


def add_name(actor: Actor, person_id: int, name: Name) -> None:
    """From now on the name means the person. Again changes nothing. Raises NotFound out of scope, Refused with the
    reason: it means somebody else already, or is one of those that this system gives.
    """
    person = factories.person(actor, person_id, MAY)
    if person.erased_at is not None:
        raise NotFound
    _refuse_own(name.home_page)
    db.session.execute(sa.select(Person.id).where(Person.id == person.id).with_for_update())  # the same form twice
    holders = queries.holders(actor, name, MAY)
    if other := next((each for each in holders if each.id != person.id), None):
        raise Refused(_("This name stands for %(name)s already. End it there first.", name=other.name))
    if holders:
        return
    row = OtherName(
        person_id=person.id, key=name.key, home_page=name.home_page, name=name.name, sha1sum=name.sha1sum,
        account_id=actor.account_id, added_at=now(), ended_at=None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()  # the log needs the id
    audit.record(actor, "xapi.add_name", f"person:{person.id}", name=row.id)


def end_name(actor: Actor, person_id: int, name_id: int) -> None:
    """The name means nobody from now on. Again changes nothing. Raises NotFound out of scope."""
    person = factories.person(actor, person_id, MAY)
    row = queries.name_of_person(person.id, name_id)
    if row.ended_at is None:
        row.ended_at = now()
        audit.record(actor, "xapi.end_name", f"person:{person.id}", name=row.id)


def add_numbering(actor: Actor, factory_code: str, home_page: str) -> None:
    """From now on names of accounts at this address are employee numbers of the factory. Again changes nothing.

    Raises NotFound out of scope, Refused for the address of this system.
    """
    factory = factories.factory_by_code(actor, factory_code, MAY)
    _refuse_own(home_page)
    db.session.execute(sa.select(Factory.id).where(Factory.id == factory.id).with_for_update())
    mine = (Numbering.factory_id == factory.id, Numbering.home_page == home_page, Numbering.ended_at.is_(None))
    if db.session.scalar(sa.select(Numbering.id).where(*mine)) is not None:
        return
    row = Numbering(
        factory_id=factory.id, home_page=home_page, account_id=actor.account_id, added_at=now(), ended_at=None
    )
    db.session.add(row)
    audit.record(actor, "xapi.add_numbering", f"factory:{factory.id}", address=home_page)


def end_numbering(actor: Actor, factory_code: str, numbering_id: int) -> None:
    """Names at this address mean nobody of the factory by their number. Again changes nothing. Raises NotFound."""
    factory = factories.factory_by_code(actor, factory_code, MAY)
    row = queries.numbering(factory.id, numbering_id)
    if row.ended_at is None:
        row.ended_at = now()
        audit.record(actor, "xapi.end_numbering", f"factory:{factory.id}", address=row.home_page)


def _refuse_own(home_page: str | None) -> None:
    if home_page == own.home():
        raise Refused(_("Names at this address are given here, and nobody else's."))
