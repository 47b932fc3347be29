"""Courses of somebody else, who passed one, and what other systems call people."""

from uuid import uuid4

from app.access.actor import SYSTEM
from app.api.xapi.courses import operations
from app.api.xapi.models import ExternalCourse, ExternalResult, Numbering, OtherName, Statement
from app.api.xapi.people import operations as naming
from app.api.xapi.people.rules import Name
from app.factories.models import Factory, Person, Programme
from app.platform.clock import now
from app.platform.db import db


def course(programme: Programme, iri: str = "https://courses.example.org/first-aid", title: str = "First aid") -> ExternalCourse:
    """A course that counts in the programme."""
    operations.register_course(SYSTEM, programme.code, iri, title)
    return db.session.query(ExternalCourse).filter_by(programme_id=programme.id, iri=iri).one()


def passed(person: Person, factory: Factory, of: ExternalCourse) -> ExternalResult:
    """As a statement said it that is told to nobody."""
    said = Statement(
        uuid=str(uuid4()), stored=now(), fingerprint="0" * 64, account_id=None, token_id=None, programme_id=factory.programme_id,
        factory_id=factory.id, person_id=person.id, target=None, is_voiding=False,
    )  # fmt: skip
    db.session.add(said)
    db.session.flush()
    row = ExternalResult(statement_id=said.id, course_id=of.id, person_id=person.id, factory_id=factory.id, at=now(), withdrawn_at=None)
    db.session.add(row)
    db.session.flush()
    return row


def other_name(person: Person, name: str, home_page: str | None = None) -> OtherName:
    """A mail address, or an account at an address, by which another system names the person."""
    naming.add_name(SYSTEM, person.id, Name(home_page, name))
    return db.session.query(OtherName).filter_by(person_id=person.id, name=name, ended_at=None).one()


def numbering(factory: Factory, home_page: str) -> Numbering:
    """At the address, names are employee numbers of the factory."""
    naming.add_numbering(SYSTEM, factory.code, home_page)
    return db.session.query(Numbering).filter_by(factory_id=factory.id, home_page=home_page, ended_at=None).one()
