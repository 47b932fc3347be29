"""Requirements, and a ledger that says what rows say which a test wrote itself."""

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.courses.models import CourseVersion
from app.coverage import operations
from app.coverage.ledger import settling
from app.coverage.ledger.models import Balance, Movement
from app.coverage.models import Requirement
from app.factories.models import Factory, Person, Programme
from app.factories.rules import JobRole
from app.platform.db import db

SUPERVISORS = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)


def require(programme: Programme, version: CourseVersion, roles: tuple[JobRole, ...] = SUPERVISORS) -> Requirement:
    """All supervisors of the programme must hold the course."""
    return operations.require(SYSTEM, programme.id, version.course_id, roles)


def settle() -> int:
    """After a test changed rows itself: as the events of the verbs would have done."""
    db.session.flush()
    added = settling.settle_people(db.session.scalars(sa.select(Person.id)).all(), "test")
    return added + settling.settle_whole(db.session.scalars(sa.select(Factory.id)).all(), "test")


def open_anew() -> None:
    """As if everything had been known on its day."""
    db.session.flush()
    db.session.execute(sa.delete(Movement))
    db.session.execute(sa.delete(Balance))
    operations.rebuild()
