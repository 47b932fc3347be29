"""Many at once: whoever comes second finds what the first has posted."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.completions.events import CourseCompleted
from app.coverage.ledger import balances, jobs, settling
from app.coverage.ledger.models import Balance, Movement
from app.coverage.requirements import operations as requirements
from app.coverage.requirements.rules import Kind, Rule, Said, Scope, SourceKind
from app.coverage.subscribers import on_completed
from app.factories.rules import JobRole
from app.platform import clock
from app.platform.db import db, transaction
from app.platform.jobs.models import Job
from tests.make import completions, courses, coverage, factories

pytestmark = [pytest.mark.slow, pytest.mark.every_run]

THREADS = 8


def _at_once(app: Flask, *works: Callable[[], object]) -> None:
    start = Barrier(len(works))

    def one(work: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            with transaction():
                work()

    with ThreadPoolExecutor(len(works)) as pool:
        list(pool.map(one, works))


def _sums(app: Flask) -> tuple[int, ...]:
    with app.app_context():
        booked = Movement.booked_on <= clock.today("Asia/Phnom_Penh")
        sums = [sa.func.coalesce(sa.func.sum(each), 0) for each in (Movement.active, Movement.valid, Movement.units, Movement.met)]
        return tuple(db.session.execute(sa.select(*sums).where(booked)).one())


def test_of_many_that_settle_one_person_one_posts(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory, version = factories.factory(), courses.version()
        coverage.require(factories.programme(), version)
        person = factories.person(factory)
        completions.completion(person, version, factory)
        person_id, factory_id = person.id, factory.id
    assert _sums(own_app) == (1, 0, 0, 0)
    works = [lambda: settling.settle_people([person_id], "race"), lambda: settling.settle_factory(factory_id, "race")]
    _at_once(own_app, *works * (THREADS // 2))
    assert _sums(own_app) == (1, 1, 0, 0)
    with own_app.app_context():
        assert db.session.query(Movement).filter(Movement.valid > 0).count() == 1


def test_months_that_many_close_at_once_are_closed_once(own_app: Flask) -> None:
    day = clock.now() - timedelta(days=100)
    with own_app.app_context(), transaction(), clock.telling(day):
        factory, version = factories.factory(), courses.version()
        coverage.require(factories.programme(), version)
        factories.person(factory)
        settling.settle_whole([factory.id], "race")
        coverage.settle()
    _at_once(own_app, *[balances.close_months, balances.make_anew] * (THREADS // 2))
    with own_app.app_context():
        rows = db.session.execute(sa.select(Balance.until, sa.func.sum(Balance.active)).group_by(Balance.until)).all()
        assert len(rows) >= 2 and {number for _until, number in rows} == {1}


def test_two_of_one_line_that_complete_at_once_meet_it(own_app: Flask) -> None:
    """Whichever is second sees the first, or a job does."""
    with own_app.app_context(), transaction():
        factory, version = factories.factory(), courses.version()
        rule = Rule(Kind.UNIT, (version.course_id,), (JobRole.SUPERVISOR,), per_unit=2)
        said = Said("pairs", {"en": "Two on each line"}, rule, Scope(), SourceKind.PROGRAMME, "", completions.AT.date())
        requirements.create(SYSTEM, factories.programme().id, said)
        people = [factories.person(factory, line="Line 1") for _ in range(2)]
        settling.settle_whole([factory.id], "test")
        done = [completions.completion(person, version, factory, at=clock.now()).id for person in people]
    assert _sums(own_app) == (2, 0, 1, 0)
    _at_once(own_app, *(lambda number=number: on_completed(CourseCompleted(number)) for number in done))
    with own_app.app_context():
        for job in db.session.query(Job).filter_by(kind="coverage.settle_factory").all():
            with transaction():
                jobs.settle_factory(**job.payload).write()
    assert _sums(own_app) == (2, 2, 1, 1)
