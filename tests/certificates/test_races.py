"""Many at once: one completion, one certificate, one job, one movement, an entry of each."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from flask import Flask

from app.certificates import operations
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.completions.operations import note_unit
from app.coverage.ledger.models import Movement
from app.learning_record.models import RecordEntry
from app.platform.db import db, transaction
from app.platform.jobs.models import Job
from tests.make import attendance, completions, courses, coverage, factories

pytestmark = pytest.mark.every_run

THREADS = 16


def _at_once(app: Flask, work: Callable[[], object]) -> None:
    def one(_number: int) -> None:
        with app.app_context(), transaction():
            work()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, range(THREADS)))


def _counts(app: Flask) -> dict[str, int]:
    with app.app_context():
        tables = (Completion, Certificate, RecordEntry)
        covers = db.session.query(Movement).filter(Movement.valid > 0).count()
        draws = db.session.query(Job).filter_by(kind="certificates.draw").count()
        return {"job": draws, "movement": covers, **{table.__tablename__: db.session.query(table).count() for table in tables}}


@pytest.mark.slow
def test_sixteen_results_at_once_make_one_certificate(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory = factories.factory()
        person, version = factories.person(factory), courses.version()
        coverage.require(factories.programme(), version)
        training = attendance.training(version=version)
        ids = (person.id, training.id, version.id, factory.id)
        meetings, test = courses.unit(version, "meetings").id, courses.unit(version, "post-test").id

    def reach(unit_id: int) -> None:
        person_id, training_id, version_id, factory_id = ids
        note_unit(
            person_id=person_id, training_id=training_id, version_id=version_id, unit_id=unit_id,
            share=Fraction(1), factory_id=factory_id, at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        )

    with own_app.app_context(), transaction():
        reach(meetings)
    _at_once(own_app, lambda: reach(test))
    assert _counts(own_app) == {
        **dict.fromkeys(("completion", "certificate", "job", "movement"), 1), "record_entry": 2}


@pytest.mark.slow
def test_sixteen_issues_at_once_make_one_certificate(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory = factories.factory()
        completion_id = completions.completion(factories.person(factory), courses.version(), factory).id
    _at_once(own_app, lambda: operations.issue(completion_id))
    counts = _counts(own_app)
    assert (counts["certificate"], counts["job"]) == (1, 1)
