"""The same order many times at once is one order."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.certificates.bundles.models import CertificateBundle
from app.platform.db import db, transaction
from app.platform.jobs.models import Job
from tests.make import accounts, bundles, factories

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
