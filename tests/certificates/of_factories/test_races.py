"""Many checks at once: one certificate, one warning, one end; on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.certificates.of_factories import jobs
from app.certificates.of_factories.models import FactoryCertificate
from app.factories.models import Employment, Programme
from app.platform import clock
from app.platform.db import db, transaction
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from tests.make import accounts, coverage
from tests.make import factory_certificates as make

pytestmark = pytest.mark.every_run

THREADS = 8


def _at_once(app: Flask, programme_id: int, at: datetime | None = None) -> None:
    """So many workers check at one moment."""

    def one(_number: int) -> None:
        with app.app_context(), clock.telling(at or clock.now()):
            outcome = jobs.check(programme_id)
            db.session.remove()
            with transaction():
                outcome.write()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, range(THREADS)))


@pytest.mark.slow
def test_many_checks_at_once(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        programme, version, _rule = make.world()
        programme_id = programme.id
        factory = make.staffed(version, 8, 2)
        accounts.account(accounts.Role.FOCAL_POINT, factory=factory)
    _at_once(own_app, programme_id)
    with own_app.app_context():
        assert db.session.query(FactoryCertificate).count() == 1
        assert db.session.query(Job).filter_by(kind="factory_certificates.draw").count() == 1
        assert db.session.query(MailMessage).count() == 1
    with own_app.app_context(), transaction():
        for job in db.session.query(Employment).limit(3):
            job.ended_on = clock.today("Asia/Phnom_Penh")
        coverage.settle()
    _at_once(own_app, programme_id)
    with own_app.app_context():
        assert db.session.query(MailMessage).count() == 2
        assert db.session.query(FactoryCertificate).one().downgrade_on is not None
    _at_once(own_app, programme_id, clock.now() + timedelta(days=20))
    with own_app.app_context():
        assert db.session.query(FactoryCertificate).one().downgraded_at is not None
        assert db.session.query(MailMessage).count() == 3


@pytest.mark.slow
def test_many_renewals_at_once_leave_one_in_force(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        programme, version, _rule = make.world()
        programme_id = programme.id
        make.staffed(version, 9)
        make.check(db.session.get_one(Programme, programme_id))
        later = db.session.query(FactoryCertificate).one().valid_until - timedelta(days=2)
    _at_once(own_app, programme_id, later)
    with own_app.app_context():
        rows = db.session.query(FactoryCertificate).order_by(FactoryCertificate.id).all()
        assert [row.replaced_at is not None for row in rows] == [True, False]
