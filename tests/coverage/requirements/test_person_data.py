"""What requirements hold of a person, once that person is erased."""

from flask import Flask

from app.access.actor import SYSTEM
from app.coverage.requirements.models import RequirementWaiver
from app.platform.db import db
from app.privacy import operations
from tests.make import courses, factories, requirements


def test_the_words_beside_a_waiver_go_and_its_reason_stays(app: Flask) -> None:
    factory = factories.factory()
    requirement = requirements.requirement(factory.programme, courses.version().course_id)
    person, other = factories.person(factory), factories.person(factory)
    waived, kept = (requirements.waiver(factory, requirement, each) for each in (person, other))
    waived.note = kept.note = "Back in May"
    db.session.flush()
    operations.pseudonymise(SYSTEM, person.id)
    db.session.expire_all()
    rows = db.session.query(RequirementWaiver).order_by(RequirementWaiver.id).all()
    assert [(each.note, each.reason) for each in rows] == [("", kept.reason), ("Back in May", kept.reason)]
