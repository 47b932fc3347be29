"""A mail server that is slow, away for a day or refuses some: that mail waits, nothing else does (TRAPS X6, X7, X8)."""

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.access.roles import Role
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.jobs.cli import worker_of
from app.platform.jobs.models import Job
from app.platform.mail import operations as mail
from app.platform.mail.models import MailMessage, MailState
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make import sessions as make
from tests.peers.smtp import SmtpPeer


def _queue(app: Flask, *recipients: str) -> None:
    with app.app_context(), transaction():
        for recipient in recipients:
            mail.queue(mail.Mail(recipient, "", "Hello", "Hello.\n", "<p>Hello.</p>", "en", "test.hello", "test:1"))


def _states(app: Flask) -> Counter[MailState]:
    with app.app_context():
        return Counter(message.state for message in db.session.query(MailMessage))


def _arrivals(peer: SmtpPeer) -> Counter[str]:
    return Counter(kept.recipients[0] for kept in peer.messages)


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("silence", ["before it greets", "after the mail"])
def test_pages_and_clicks_go_on_while_a_mail_hangs(site: Flask, peer: SmtpPeer, silence: str) -> None:
    """The worker holds no lock and no page holds a mail: a click is done before the mail is."""
    with site.app_context(), transaction():
        trainer = accounts.account(Role.TRAINER, programme=factories.programme())
        make.training(trainers=[trainer])
        browse = Browse(site).as_account(trainer)
    if silence == "after the mail":
        peer.script("slow@mill.example", "slow 6", "ok")
    else:
        peer.greet_after = 6
    _queue(site, "slow@mill.example")
    worker = threading.Thread(target=worker_of(site).do_next)
    worker.start()
    while not peer.talks:
        time.sleep(0.01)
    assert browse.post("/sessions/1/confirmation").status == 303
    assert browse.get("/sessions/1").status == 200
    assert _states(site)[MailState.SENT] == 0, "the mail still hangs; nobody waited for it"
    worker.join(30)
    assert _states(site)[MailState.SENT] == 1
    peer.greet_after = 0
    worker_of(site).run_until_idle()
    assert set(_states(site)) == {MailState.SENT}


@pytest.mark.slow
def test_a_day_without_mail_server(site: Flask, peer: SmtpPeer) -> None:
    """The queue grows, every mail says that it waits, nobody pauses longer than a quarter of an hour; then all go once."""
    peer.stop()
    begun = now()
    with time_machine.travel(begun, tick=False) as clock:
        for hour in range(24):
            _queue(site, f"{hour}@mill.example")
            for _ in range(4):
                worker_of(site).run_until_idle()
                with site.app_context():
                    pauses = [job.run_at - now() for job in db.session.query(Job)]
                assert max(pauses) <= timedelta(minutes=15)
                clock.shift(timedelta(minutes=15))
        assert _states(site) == {MailState.DELAYED: 24}
        assert not peer.messages
        with SmtpPeer(port=peer.port) as back:
            worker_of(site).run_until_idle()
        assert _arrivals(back) == {f"{hour}@mill.example": 1 for hour in range(24)}
    assert _states(site) == {MailState.SENT: 24}
    with site.app_context():
        assert all("250" in (message.reply or "") for message in db.session.query(MailMessage))


def test_some_of_a_hundred_are_refused(site: Flask, peer: SmtpPeer) -> None:
    """One is refused for good, one after its text, three are put off: the others arrive at once, each once."""
    everybody = [f"{number}@mill.example" for number in range(100)]
    peer.script(everybody[7], "550 5.1.1 No such person here")
    peer.script(everybody[70], "data 554 5.7.1 Spam")
    for number in (20, 40, 60):
        peer.script(everybody[number], "452 4.2.2 Mailbox full", "451 4.7.1 Later", "ok")
    peer.script(everybody[99], "keep and drop", "ok")
    _queue(site, *everybody)
    with time_machine.travel(now(), tick=False) as clock:
        worker_of(site).run_until_idle()
        assert _states(site) == {MailState.SENT: 94, MailState.REFUSED: 2, MailState.DELAYED: 4}
        for _ in range(2):
            clock.shift(timedelta(minutes=1))
            worker_of(site).run_until_idle()
    assert _states(site) == {MailState.SENT: 98, MailState.REFUSED: 2}
    arrived = _arrivals(peer)
    assert arrived == {address: 1 for address in everybody if address not in {everybody[7], everybody[70]}} | {everybody[99]: 2}
    twice = [kept.raw for kept in peer.messages if kept.recipients[0] == everybody[99]]
    assert twice[0] == twice[1], "the mail that was kept before the line died comes again as the same mail"
    with site.app_context():
        replies = {m.recipient: m.reply for m in db.session.query(MailMessage).filter_by(state=MailState.REFUSED)}
    assert replies == {everybody[7]: "550 5.1.1 No such person here", everybody[70]: "554 5.7.1 Spam"}
