"""The worker dies anywhere between a period that is over and the mail about its report: whoever is subscribed gets one
mail, nobody two, nobody none.
"""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from app.access.roles import Role
from app.platform.clock import today
from app.platform.db import db, transaction
from app.platform.files import handouts
from app.platform.jobs import enqueue
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage, MailState
from app.reports.deliveries import operations
from app.reports.models import MadeReport, ReportSubscription
from app.reports.rules.facts import Split
from app.reports.rules.period import Ending, Every, span_before
from tests.counts import IS_LONG
from tests.faults.processes import Product
from tests.make import accounts, factories
from tests.peers.smtp import SmtpPeer

pytestmark = pytest.mark.slow

ADDRESSES = ("asha@office.example", "bo@office.example")
ENDINGS = (Ending.XLSX, Ending.PDF if IS_LONG else Ending.XLSX)
PERIODS = 2
"""Months that are over and were not sent: the last one was missed too."""
OWN = ("reports.ordered", "reports.drawn", "reports.stored", "reports.noted")
ALL = (*OWN, "mail.queued", "jobs.claimed", "jobs.worked", "jobs.finished", "mail.before_send", "mail.after_send")


def _lay(product: Product) -> list[date]:
    """Two people are subscribed, and the clock strikes; the first days of the periods that are due."""
    with product.app.app_context(), transaction():
        programme = factories.programme()
        day = today(programme.zone)
        last = span_before(day, Every.MONTH)
        before = span_before(last.first, Every.MONTH)
        for address, ending in zip(ADDRESSES, ENDINGS, strict=True):
            account = accounts.account(Role.PROGRAMME_MANAGER, programme=programme, email=address)
            made = operations.subscribe(accounts.actor(account), programme.code, Every.MONTH, Split.SEX, ending)
            made.sent_until = before.first - timedelta(days=1)
        enqueue("reports.find_due", dedupe="reports.find_due:now")
        return [before.first, last.first]


@pytest.mark.sampled(number=2)
@pytest.mark.parametrize("point", ALL)
def test_killed_at(product: Product, peer: SmtpPeer, point: str, seed: int) -> None:
    chance = random.Random(f"{point} {seed}")
    due = _lay(product)
    assert product.work(stop_at=point).killed
    for _ in range(chance.randint(0, 4)):
        if chance.random() < 0.5:
            _strike(product)
        product.work(stop_at=chance.choice(ALL))
    product.work_on()
    _strike(product)
    product.work_on()
    _one_mail_each(product, peer, due)


def _strike(product: Product) -> None:
    """The clock strikes again."""
    with product.app.app_context(), transaction():
        enqueue("reports.find_due")


def _one_mail_each(product: Product, peer: SmtpPeer, due: list[date]) -> None:
    with product.app.app_context():
        made = db.session.query(MadeReport).all()
        assert Counter(each.starts_on for each in made) == dict.fromkeys(due, len(ADDRESSES))
        assert all(each.made_at is not None and each.failed is None for each in made)
        keys = {each.key for each in made}
        assert all((handouts().folder / str(key)).exists() for key in keys)
        assert len(keys) == len(made)
        assert {each.sent_until.month for each in db.session.query(ReportSubscription)} == {due[1].month}
        assert {(job.done_at is not None, job.failed_at) for job in db.session.query(Job)} == {(True, None)}
        log = db.session.query(MailMessage).filter_by(kind="reports.made").all()
        assert Counter(mail.recipient for mail in log) == dict.fromkeys(ADDRESSES, PERIODS)
        assert {mail.state for mail in log} == {MailState.SENT}
        for each in made:
            assert sum(f"/reports/files/{each.id}".encode() in mail.raw for mail in log) == 1
    assert {kept.parsed["Message-ID"] for kept in peer.messages} == {mail.message_id for mail in log}
    assert {kept.raw for kept in peer.messages} == {mail.raw for mail in log}, "a repeat is the same, byte for byte"
