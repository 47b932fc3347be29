"""Migrations lead exactly to the tables of the models, and back, with rows in them, on both engines."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.coverage.ledger.models import Movement
from app.factories.consents.models import HistoryConsent
from app.learning_record.operations import consenting
from app.platform import clock
from app.platform.db import db, migrate, transaction
from app.platform.db.base import Base
from app.platform.jobs.models import Job
from app.wiring.work import JOBS
from tests.counts import IS_LONG
from tests.make import completions, courses, coverage, factories

LATEST = 12
"""Steps back that are walked one by one usually: those before have been walked for long, and never change."""


def test_migrated_tables_are_those_of_the_models(own_app: Flask) -> None:
    with own_app.app_context():
        assert migrate.is_at_head(db.engine)
        assert migrate.differences(db.engine) == []


def test_the_next_one_gets_a_number_that_was_never_given(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    monkeypatch.setattr(migrate.command, "revision", lambda *_all, rev_id, **_named: given.append(rev_id))
    migrate.new_revision(db.engine, "more")
    assert given > [max(migrate.revisions())]


@pytest.mark.slow
@pytest.mark.every_run
def test_down_and_up_again_with_rows(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factories.person(factories.factory(), line="Line 1")
    with own_app.app_context():
        migrate.downgrade(db.engine, "base")
        left = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
        assert left == set()
        migrate.upgrade(db.engine)
        assert set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"} == set(Base.metadata.tables)
        assert migrate.differences(db.engine) == []
        db.session.execute(sa.text("SELECT 1"))


@pytest.mark.slow
@pytest.mark.every_run
def test_each_step_keeps_the_rows(own_app: Flask) -> None:
    """Back one step at a time with rows in the tables, and up again: the latest steps usually, all of them in the long run."""
    with own_app.app_context(), transaction():
        person = factories.person(factories.factory("KEPT"), line="Line 1").id
    with own_app.app_context():
        revisions = migrate.revisions()[0 if IS_LONG else -LATEST :]
        for revision in [*reversed(revisions), *revisions]:
            is_back = revisions.index(revision) < revisions.index(migrate.current(db.engine))
            step = migrate.downgrade if is_back else migrate.upgrade
            step(db.engine, revision)
            kept = "SELECT factory.code FROM employment JOIN factory ON factory.id = factory_id WHERE person_id = :person"
            assert db.session.scalar(sa.text(kept), {"person": person}) == "KEPT", revision
            db.session.rollback()
        assert migrate.differences(db.engine) == []


def test_of_committees_set_up_twice_one_goes_on(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory = factories.factory().id
    with own_app.app_context():
        migrate.downgrade(db.engine, "0006")
        with db.engine.begin() as connection:
            for row_id, kind, starts_on in ((1, "bipartite", "2025-01-01"), (2, "bipartite", "2025-01-01"), (3, "bipartite", "2024-01-01"), (4, "safety", "2024-01-01")):
                connection.execute(
                    sa.text("INSERT INTO committee (id, factory_id, kind, starts_on) VALUES (:id, :factory, :kind, :on)"),
                    {"id": row_id, "factory": factory, "kind": kind, "on": starts_on})
        migrate.upgrade(db.engine)
        ends = db.session.execute(sa.text("SELECT id, ends_on FROM committee ORDER BY id")).all()
        assert [(row_id, str(day)) for row_id, day in ends] == [(1, "None"), (2, "2025-01-01"), (3, "2024-12-31"), (4, "None")]


def test_consents_get_their_day_and_ninety_days_are_counted_at_once(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory, version = factories.factory(), courses.version(titles={"en": "SST"})
        coverage.require(factory.programme, version)
        person = factories.person(factory)
        completions.completion(person, version, factory, valid_until=clock.now() + timedelta(days=80))
        coverage.settle()
        with clock.telling(datetime(2026, 6, 30, 20, tzinfo=UTC)):  # three in the morning in Phnom Penh
            consenting.note_consent(SYSTEM, person.id, factory.code)
    with own_app.app_context():
        for _ in range(2):
            migrate.downgrade(db.engine, "0072")
            with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
                connection.execute(sa.text("UPDATE coverage_movement SET due_90 = 0"))
            migrate.upgrade(db.engine)
        assert [str(row.given_on) for row in db.session.query(HistoryConsent)] == ["2026-07-01"]
        [job] = db.session.query(Job).filter_by(kind="coverage.recheck")
        db.session.rollback()
        JOBS[job.kind](**job.payload).write()
        soon = sa.select(sa.func.sum(Movement.due_90)).where(Movement.booked_on <= clock.today("Asia/Phnom_Penh"))
        assert db.session.scalar(soon) == 1
