"""The same order many times at once is one order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.certificates.bundles import archive, jobs
from app.certificates.bundles.models import CertificateBundle
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.jobs.cli import worker_of
from app.platform.jobs.models import Job
from tests.make import accounts, bundles, factories

pytestmark = pytest.mark.every_run

THREADS = 12


@pytest.mark.slow
def test_a_button_pressed_twelve_times(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory = factories.factory()
        bundles.certified(factory, "Sok Dara")
        account_id = accounts.account(Role.FOCAL_POINT, factory=factory).id

    def press(_number: int) -> int:
        with own_app.app_context(), transaction():
            return bundles.ordered(db.session.get_one(Account, account_id)).id

    with ThreadPoolExecutor(THREADS) as pool:
        answered = set(pool.map(press, range(THREADS)))
    with own_app.app_context():
        [bundle] = db.session.query(CertificateBundle)
        assert answered == {bundle.id}
        assert db.session.query(Job).filter_by(kind="certificates.bundle").count() == 1


def _order(app: Flask) -> None:
    """Three certificates, ordered; nothing else is to be done."""
    with app.app_context(), transaction():
        factory = factories.factory()
        bundles.certified(factory, *["Sok Dara"] * 3)
        db.session.query(Job).delete()
        bundles.ordered(accounts.account(Role.FOCAL_POINT, factory=factory))


@pytest.mark.parametrize("where", ["bundles.packing", "bundles.stored"])
def test_a_worker_that_lost_the_order_leaves_no_file(own_app: Flask, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    _order(own_app)
    slow, other, lost = worker_of(own_app), worker_of(own_app), []

    def lose(name: str) -> None:
        if name == where and not lost:
            lost.append(name)
            clock.shift(slow.lease + timedelta(seconds=1))
            assert other.do_next()

    monkeypatch.setattr(jobs, "point", lose)
    with time_machine.travel(now(), tick=False) as clock:
        slow.do_next()
    with own_app.app_context():
        [bundle] = db.session.query(CertificateBundle)
        assert (lost, bundles.kept()) == ([where], [part["key"] for part in bundle.parts])
        [job] = db.session.query(Job).filter_by(kind="certificates.bundle")
        assert (job.done_at is not None, job.error) == (True, None)


def test_each_step_keeps_the_order(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    _order(own_app)
    slow, other, taken = worker_of(own_app), worker_of(own_app), []

    def wait(name: str) -> None:
        if name == "bundles.stored":
            return
        clock.shift(slow.lease * 0.6)
        taken.append((name, other.do_next()))

    monkeypatch.setattr(archive, "STEP", 1)
    monkeypatch.setattr(jobs, "point", wait)
    with time_machine.travel(now(), tick=False) as clock:
        assert slow.do_next()
    assert taken == [*[("bundles.packing", 0)] * 3, ("bundles.written", 0)]
