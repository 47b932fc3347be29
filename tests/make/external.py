"""Courses of somebody else, and who passed one."""

from uuid import uuid4

from app.access.actor import SYSTEM
from app.api.xapi.courses import operations
from app.api.xapi.models import ExternalCourse, ExternalResult, Statement
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
