"""Emptying a mailbox: a real IMAP server, a real maildir, and what goes wrong with either."""

import mailbox as library
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.boot import create_app
from app.platform.db import db, transaction
from app.platform.jobs.worker import Timer, Worker
from app.sessions.models import Invitation
from app.sessions.replies import operations, polling
from app.sessions.replies.models import IncomingMail, MailboxVisit
from app.sessions.replies.polling import Polled
from app.wiring import JOBS
from tests.conftest import Databases, settings_for
from tests.make.replies import POINT, TRAINER, answer, entry, invited
from tests.peers.imap import ImapPeer
from tests.sessions.replies.letters import OTHER, mail, report

SEEN, ASIDE = {"\\Seen"}, {"\\Seen", "\\Flagged"}
Make = Callable[..., Flask]


@pytest.fixture
def make(databases: Databases, tmp_path: Path) -> Iterator[Make]:
    """An app on a database of its own that reads the mailbox of these settings."""
    made: list[Flask] = []

    def app(**values: object) -> Flask:
        made.append(create_app(settings_for(databases.fresh(), tmp_path, **values)))
        return made[-1]

    yield app
    for each in made:
        with each.app_context():
            db.engine.dispose()


@pytest.fixture
def maildir(tmp_path: Path) -> library.Maildir:
    return library.Maildir(str(tmp_path / "Maildir"), create=True)


def answers(app: Flask) -> list[bytes]:
    with app.app_context(), transaction():
        training = invited()[0]
        return [answer(entry(training)), answer(entry(training, TRAINER), "DECLINED"), answer(entry(training, POINT), "TENTATIVE")]


def participations(app: Flask) -> list[str]:
    with app.app_context():
        rows = db.session.query(Invitation).filter(Invitation.participation != "needs_action").order_by(Invitation.address)
        return [f"{row.address.partition('@')[0]} {row.participation}" for row in rows]


ALL = ["dara accepted", "hr tentative", "trainer declined"]


def poll(app: Flask, most: int = 200) -> Polled:
    with app.app_context():
        done = polling.poll(most)
        assert done is not None
        return done


def flags(box: library.Maildir) -> list[str]:
    return sorted("".join(sorted(message.get_flags())) for message in box)


@pytest.mark.slow
def test_imap(make: Make) -> None:
    with ImapPeer() as peer:
        app = make(imap_host=peer.host, imap_port=peer.port, imap_security="plain", imap_user=peer.user, imap_password=peer.password)
        raws = answers(app)
        peer.append(*raws, raws[0], mail("Hello", kind="text/plain", sender=OTHER), report(), b"From: nobody\r\n\r\n\xff\xfe")
        assert poll(app, most=2) == Polled(2, 0)
        assert peer.flags() == [SEEN] * 2 + [set()] * 5
        assert poll(app) == Polled(5, 0)
        assert peer.flags() == [SEEN] * 7
        assert participations(app) == ALL
        assert poll(app) == Polled(0, 0)
        with app.app_context():
            assert db.session.query(IncomingMail).count() == 6
            raw = db.session.query(IncomingMail).order_by(IncomingMail.id).first().raw
            assert raw == raws[0], "byte for byte"


def test_imap_never_takes_in_more_than_is_allowed(make: Make) -> None:
    with ImapPeer() as peer:
        app = make(imap_host=peer.host, imap_port=peer.port, imap_security="plain", imap_user=peer.user, imap_password=peer.password)
        peer.append(mail("x" * 11_000_000, kind="text/plain", sender=OTHER))
        assert poll(app) == Polled(1, 0)
        with app.app_context():
            row = db.session.query(IncomingMail).one()
            assert (row.reason, row.raw) == ("too_complex", b"")


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [{"imap_password": "no"}, {"imap_folder": "None such"}, {"imap_security": "tls"}, {"imap_security": "starttls"}, {"imap_port": 1}])
def test_a_server_that_refuses_is_noted(make: Make, wrong: dict[str, object]) -> None:
    with ImapPeer() as peer:
        own = {"imap_host": peer.host, "imap_port": peer.port, "imap_security": "plain", "imap_user": peer.user, "imap_password": peer.password}
        app = make(**{**own, **wrong})
        done = poll(app)
        assert done.fault and "demopass" not in done.fault
        with app.app_context():
            visit = db.session.query(MailboxVisit).one()
            assert visit.fault == done.fault
        assert app.test_cli_runner().invoke(args=["mail", "poll"]).exit_code == 1
        good = make(**own)
        assert poll(good) == Polled(0, 0)


def test_maildir(make: Make, maildir: library.Maildir) -> None:
    app = make(incoming_maildir=maildir._path)
    raws = answers(app)
    for raw in (*raws, raws[0]):
        maildir.add(raw)
    assert poll(app, most=1) == Polled(1, 0)
    assert poll(app) == Polled(3, 0)
    assert (participations(app), flags(maildir)) == (ALL, ["S"] * 4)
    assert poll(app) == Polled(0, 0)


def test_a_mail_that_another_program_has_looked_at_is_read_too(make: Make, maildir: library.Maildir) -> None:
    app = make(incoming_maildir=maildir._path)
    message = library.MaildirMessage(answers(app)[0])
    message.set_subdir("cur")
    maildir.add(message)
    assert poll(app) == Polled(1, 0)
    assert flags(maildir) == ["S"]


def test_a_maildir_that_is_not_there_is_noted(make: Make, tmp_path: Path) -> None:
    assert poll(make(incoming_maildir=str(tmp_path / "none"))).fault


def test_what_cannot_be_handled_is_set_aside_and_the_rest_is_read(make: Make, maildir: library.Maildir, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that nobody foresaw, in the middle of one mail."""
    app = make(incoming_maildir=maildir._path)
    raws = answers(app)
    for raw in raws:
        maildir.add(raw)
    usual = operations._apply

    def failing(invitation: Invitation, reading: object) -> None:
        usual(invitation, reading)  # type: ignore[arg-type]
        if invitation.address == TRAINER:
            raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr(operations, "_apply", failing)
    assert poll(app) == Polled(2, 1)
    assert flags(maildir) == ["FS", "S", "S"]
    assert participations(app) == ["dara accepted", "hr tentative"]
    with app.app_context():
        aside = db.session.query(IncomingMail).filter_by(reason="unreadable").one()
        assert (aside.raw, aside.show_to_person) == (raws[1], True)
    assert poll(app) == Polled(0, 0)


def test_the_timer_polls(make: Make, maildir: library.Maildir) -> None:
    app = make(incoming_maildir=maildir._path)
    maildir.add(answers(app)[0])
    worker = Worker(app, JOBS, (Timer("mail.poll", timedelta(minutes=1)),), timedelta(seconds=60))
    worker.fire_timers()
    worker.run_until_idle()
    assert participations(app) == ["dara accepted"]


def test_soak(make: Make, maildir: library.Maildir) -> None:
    """200 mails, half of them repeats, in runs that are bounded: each is kept once."""
    app = make(incoming_maildir=maildir._path)
    raws = answers(app)
    noise = [mail(f"Hello {number}", kind="text/plain", sender=OTHER) for number in range(97)]
    for raw in [*noise[:50], *raws, *noise[50:], *raws, *noise]:
        maildir.add(raw)
    rounds = [poll(app, most=50).handled for _ in range(5)]
    assert sum(rounds) == 200 and max(rounds) == 50
    assert participations(app) == ALL
    with app.app_context():
        assert db.session.query(IncomingMail).count() == 100
