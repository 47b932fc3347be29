"""Several at once: one does it, the others get the same success."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.certificates import operations
from app.certificates.models import Certificate, CertificateNote
from app.certificates.rules import Reason
from app.notifications.models import Telling
from app.notifications.renewals.operations import remind_renewals
from app.platform import clock
from app.platform.audit.models import AuditEntry
from app.platform.db import db, transaction
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from app.platform.refusal import Refused
from tests.make import accounts, certificates, factories
from tests.notifications.renewals.test_renewals import MONDAY, World

pytestmark = pytest.mark.every_run

THREADS = 8


def _at_once(app: Flask, *work: Callable[[], object]) -> list[object]:
    def one(number: int) -> object:
        with app.app_context(), transaction():
            try:
                return work[number % len(work)]()
            except Refused:
                return None

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def _certificate(app: Flask) -> int:
    with app.app_context(), transaction():
        factory = factories.factory()
        accounts.account(Role.FOCAL_POINT, factory=factory)
        return certificates.drawn(certificates.certificate(factories.person(factory), factory)).id


def _logged(action: str) -> int:
    return db.session.query(AuditEntry).filter_by(action=f"certificates.{action}").count()


@pytest.mark.slow
def test_reissued_by_many_there_is_one_new(own_app: Flask) -> None:
    old = _certificate(own_app)
    made = _at_once(own_app, lambda: operations.reissue(SYSTEM, old, Reason.NAME, "a note").id)
    with own_app.app_context():
        rows = db.session.scalars(sa.select(Certificate).order_by(Certificate.id)).all()
        assert [row.id for row in rows] == [old, made[0]]
        assert set(made) == {rows[1].id} == {rows[0].replaced_by_id}
        assert (_logged("reissue"), db.session.query(CertificateNote).count(), db.session.query(MailMessage).count()) == (1, 1, 0)
        assert db.session.query(Job).filter_by(kind="notifications.certificates_reissued").count() == 1


@pytest.mark.slow
def test_suspended_and_revoked_by_many_it_is_done_and_told_once(own_app: Flask) -> None:
    one = _certificate(own_app)
    _at_once(own_app, lambda: operations.suspend(SYSTEM, one, Reason.CHECKED))
    _at_once(own_app, lambda: operations.revoke_one(SYSTEM, one, Reason.ASKED))
    with own_app.app_context():
        assert (_logged("suspend"), _logged("revoke"), db.session.query(MailMessage).count()) == (1, 1, 2)


@pytest.mark.slow
def test_revoked_and_reissued_at_once_who_comes_first_wins(own_app: Flask) -> None:
    one = _certificate(own_app)
    _at_once(
        own_app,
        lambda: operations.revoke_one(SYSTEM, one, Reason.ASKED),
        lambda: operations.reissue(SYSTEM, one, Reason.NAME),
    )
    with own_app.app_context():
        in_force = sa.select(sa.func.count()).where(Certificate.revoked_at.is_(None), Certificate.replaced_at.is_(None))
        rows = db.session.query(Certificate).order_by(Certificate.id).all()
        is_revoked = rows[0].revoked_at is not None
        assert (len(rows), db.session.scalars(in_force).one()) == ((1, 0) if is_revoked else (2, 1)), "who comes first"


@pytest.mark.slow
def test_reminded_by_many_it_is_said_once(own_app: Flask) -> None:
    with own_app.app_context(), transaction():
        factory_id = World().factory.id

    def remind() -> None:
        with clock.telling(MONDAY):
            remind_renewals(factory_id)

    _at_once(own_app, remind)
    with own_app.app_context():
        assert (db.session.query(MailMessage).count(), db.session.query(Telling).count()) == (2, 3)
