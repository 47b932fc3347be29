"""Whoever dies between a completion and its mail loses nothing and doubles nothing: one certificate, one number, one file,
one mail to each who is told (TRAPS X3)."""

import time
from collections import Counter
from datetime import timedelta

import pytest

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.certificates.models import Certificate, CertificateDraft
from app.certificates.signing import operations as keys
from app.certificates.signing.reading import read
from app.certificates.signing.rows import trust
from app.certificates.verification.models import CertificateFile
from app.notifications.models import Telling
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.files import files
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage, MailState
from tests.faults.conftest import peer, product, site
from tests.faults.processes import LEASE_SECONDS, Product
from tests.make import accounts, certificates, completions, courses, factories
from tests.peers.smtp import SmtpPeer

__all__ = ["peer", "product", "site"]

OUTSIDE = (
    "certificates.addressed", "certificates.typeset", "certificates.sealed", "certificates.drawn", "certificates.drafted",
    "files.written", "mail.before_send", "mail.after_send",
)  # fmt: skip
"""There nothing is written to the database, so that its engine makes no difference."""
WRITING = ("certificates.stored", "jobs.worked", "certificates.noted", "jobs.finished", "mail.queued")
HOLDER, SPEAKER = "dara@people.example", "hr@mill.example"


def _lay() -> int:
    """Keys, and somebody with an address of the own who completed a course, at a factory with a speaker: the completion."""
    keys.create(SYSTEM)
    factory = factories.factory()
    accounts.account(Role.FOCAL_POINT, factory=factory, email=SPEAKER)
    person = factories.person(factory, email=HOLDER)
    return completions.completion(person, courses.version(), factory).id


def _number() -> str:
    return db.session.query(Certificate).one().number


def _die(product: Product, point: str) -> None:
    assert product.work(stop_at=point).killed
    time.sleep(LEASE_SECONDS + 0.1)


def _finish(product: Product, point: str = "") -> None:
    """Everything that is due, and then the list for the factory, which waits an hour; its worker may die, too."""
    _work(product)
    with product.app.app_context(), transaction():
        hurried = db.session.query(Job).filter_by(kind="notifications.certificates_ready", done_at=None)
        assert hurried.update({"run_at": now()}) == 1
    if point.startswith("mail."):
        _die(product, point)
    _work(product)


def _work(product: Product) -> None:
    assert product.work().code == 0


def _all_is_well(number: str, peer: SmtpPeer, *, is_sent_again: bool = False) -> None:
    """One number, one file whose hash is the one that is known and whose seal holds, one line in the log, no rest; and
    one mail to each. One that arrived before its sender died comes again as the same mail."""
    [row] = db.session.query(Certificate)
    assert row.number == number
    pdf = files().get(row.file_key or "")
    assert read(pdf, trust()).intact
    files().sweep(now() + timedelta(seconds=1))
    stored = {path.name for path in files().folder.rglob("*") if path.is_file()}
    assert stored == {key for key in (row.file_key, row.credential_key) if key}
    assert [one.digest for one in db.session.query(CertificateFile)] == [row.file_key]
    assert db.session.query(CertificateDraft).count() == 0
    for action in ("certificates.issue", "certificates.draw"):
        assert db.session.query(AuditEntry).filter_by(action=action).count() == 1
    assert db.session.query(Job).filter_by(kind="certificates.draw").one().done_at is not None
    mails = [(mail.recipient, mail.kind, mail.state) for mail in db.session.query(MailMessage)]
    assert sorted(mails) == [(to, "certificates.ready", MailState.SENT) for to in (HOLDER, SPEAKER)]
    assert db.session.query(Telling).count() == 2
    arrived = Counter(kept.recipients[0] for kept in peer.messages)
    assert arrived == dict.fromkeys((HOLDER, SPEAKER), 2 if is_sent_again else 1)
    assert len({kept.raw for kept in peer.messages}) == 2


@pytest.mark.slow
@pytest.mark.sampled(number=2)
@pytest.mark.parametrize("point", [*(pytest.param(point, marks=pytest.mark.any_engine) for point in OUTSIDE), *WRITING])
def test_a_worker_killed_at(product: Product, peer: SmtpPeer, point: str) -> None:
    with product.app.app_context(), transaction():
        certificates.operations.issue(_lay())
        number = _number()
    _die(product, point)
    _finish(product, point)
    with product.app.app_context():
        _all_is_well(number, peer, is_sent_again=point == "mail.after_send")


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("point", ["files.written", "certificates.noted"])
def test_a_worker_killed_in_the_middle_of_a_few(product: Product, peer: SmtpPeer, point: str) -> None:
    """What is drawn and written together is done again, each once."""
    with product.app.app_context(), transaction():
        keys.create(SYSTEM)
        factory, version = factories.factory(), courses.version()
        addresses = [f"{name}@people.example" for name in ("dara", "thida", "sophea")]
        people = [factories.person(factory, email=address) for address in addresses]
        numbers = {certificates.certificate(person, factory, version).number for person in people}
    _die(product, point)
    _work(product)
    with product.app.app_context():
        made = db.session.query(Certificate).all()
        assert {row.number for row in made} == numbers
        files().sweep(now() + timedelta(seconds=1))
        stored = {path.name for path in files().folder.rglob("*") if path.is_file()}
        assert stored == {key for row in made for key in (row.file_key, row.credential_key)}
        assert {one.digest for one in db.session.query(CertificateFile)} == {row.file_key for row in made}
        assert db.session.query(CertificateDraft).count() == 0
        assert db.session.query(AuditEntry).filter_by(action="certificates.draw").count() == len(addresses)
        assert Counter(kept.recipients[0] for kept in peer.messages) == dict.fromkeys(addresses, 1)


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("point", ["certificates.claimed", "certificates.issued"])
def test_issuing_killed_at(product: Product, peer: SmtpPeer, point: str) -> None:
    with product.app.app_context(), transaction():
        completion = _lay()
    issue = ("certificates", "issue", str(completion))
    assert product.command(*issue, stop_at=point).killed
    for _again in range(2):
        assert product.command(*issue).code == 0
    _finish(product)
    with product.app.app_context():
        _all_is_well(_number(), peer)
