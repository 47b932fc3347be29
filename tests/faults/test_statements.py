"""The worker dies while it tells what happened as statements: each fact becomes one statement, a correction voids it
and says it anew, and nobody finds it twice or not at all."""

import random
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.access.roles import Role
from app.api.xapi.models import Bookmark, Fact, Statement, StatementText
from app.api.xapi.queries.statements import WRITING
from app.api.xapi.rules import values
from app.attendance import operations as attendance
from app.attendance.models import CurrentMark
from app.attendance.rules import Mark
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.jobs import enqueue
from app.platform.jobs.models import Job
from app.quizzes.models import Attempt
from app.sessions import queries as trainings
from tests import story
from tests.counts import IS_LONG
from tests.faults.processes import LEASE_SECONDS, Product
from tests.make import accounts
from tests.make.speakers import Speaker, speaker, statement

pytestmark = pytest.mark.slow

POINTS = ("xapi.telling", "xapi.bookmarked", "xapi.told", "jobs.worked")
KILLS = 10 if IS_LONG else 3
"""Of one story, and the long run tells twenty: each follows a correction."""


def _live() -> Counter[str]:
    """Uuid -> how often it was said and not taken back; none of them without a text."""
    voided = {each.target for each in db.session.query(Statement).filter_by(is_voiding=True)}
    rows = db.session.query(Statement).join(StatementText, StatementText.statement_id == Statement.id).filter(Statement.is_voiding.is_(False))
    return Counter(each.uuid for each in rows if each.uuid not in voided)


def _order() -> None:
    """The timer's work, due at once, and nobody else's."""
    db.session.query(Job).filter(Job.kind != "xapi.tell").delete()
    enqueue("xapi.tell")


def test_each_fact_is_one_statement_however_often_the_worker_dies(product: Product, seed: int) -> None:
    chance = random.Random(seed)
    with product.app.app_context():
        with transaction():
            told = story.begin()
            training_id = story.held(told, passed=3)
            meeting_id = trainings.held_meetings(training_id)[0].id
            _order()
        said = dict[str, str]()
        for number in range(KILLS):
            stop_at = POINTS[number % len(POINTS)] if number < len(POINTS) else chance.choice(POINTS)
            assert product.work(stop_at=stop_at).killed
            with transaction():
                mark = Mark.ABSENT if number % 2 else Mark.LATE
                attendance.mark(told.trainer, meeting_id, chance.choice(told.leaders), mark)
                said |= _stable(said)
            time.sleep(LEASE_SECONDS + 0.1)  # then nobody holds the job
        product.work_on(30 + 2 * LEASE_SECONDS)
        db.session.rollback()
        _stable(said)
        with transaction():
            _order()
        product.work_on()
        db.session.rollback()
        facts = {each.subject: each.statement_uuid for each in db.session.query(Fact) if each.said}
        live = _live()
        assert set(live.values()) == {1} and set(live) == set(facts.values()) and len(facts) == len(set(facts.values()))
        assert len(facts) == _held()
        assert db.session.query(Bookmark).count()
        targets = Counter(each.target for each in db.session.query(Statement).filter_by(is_voiding=True))
        assert max(targets.values(), default=1) == 1


def _stable(said: dict[str, str]) -> dict[str, str]:
    """What was said of a thing keeps its id for as long as it is not taken back."""
    voided = {each.target for each in db.session.query(Statement).filter_by(is_voiding=True)}
    now = {each.subject: each.statement_uuid for each in db.session.query(Fact) if each.said}
    assert [subject for subject, uuid in said.items() if uuid not in voided and now.get(subject) != uuid] == []
    return now


def _held() -> int:
    """Facts that hold now."""
    counts = (
        db.session.query(CurrentMark).count(), db.session.query(Attempt).filter(Attempt.submitted_at.is_not(None)).count(),
        db.session.query(Completion).filter_by(withdrawn_at=None).count(),
        db.session.query(Certificate).filter_by(revoked_at=None, replaced_at=None).count(),
    )  # fmt: skip
    return sum(counts)


@pytest.mark.every_run
def test_nothing_is_promised_beyond_a_batch_that_is_being_stored(site: Flask) -> None:
    """However long it lasts; and nobody stores anything in between."""
    with site.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("one writer at a time, and no lock that a reader could see")
        with transaction():
            owner = accounts.account(Role.ADMINISTRATOR)
            reader = speaker(site, owner)
        assert reader.say(statement()).status_code == 200
        newest = db.session.scalar(sa.select(sa.func.max(Statement.stored)))
        db.session.rollback()
        with db.engine.connect() as writer, time_machine.travel(now() + timedelta(minutes=1)):
            assert _through(reader) > newest
            writer.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITING)))  # as `hold` does
            assert _through(reader) == newest
            with db.engine.connect() as second:
                assert not second.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(WRITING)))
            writer.rollback()
            assert _through(reader) > newest


def _through(reader: Speaker) -> datetime:
    return values.moment(reader.get("statements").headers["X-Experience-API-Consistent-Through"], "header")
