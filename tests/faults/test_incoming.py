"""Killed while a mailbox is emptied: no mail is lost, and none counts twice."""

import mailbox
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.boot import create_app
from app.platform.audit.models import AuditEntry
from app.platform.db import db, transaction
from app.sessions.models import Invitation
from app.sessions.replies.models import IncomingMail
from tests.conftest import Databases, settings_for
from tests.faults.processes import Hatchery, Product
from tests.make.replies import POINT, TRAINER, answer, entry, invited
from tests.peers.imap import ImapPeer


@pytest.fixture(params=["maildir", "imap"])
def reader(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path, hatchery: Hatchery) -> Iterator[tuple[Product, list[bytes]]]:
    """A site with three answers in its mailbox, and the answers."""

    def product(**values: object) -> tuple[Product, list[bytes]]:
        app = create_app(settings_for(databases.fresh(), tmp_path, **values))
        request.addfinalizer(lambda: _close(app))
        with app.app_context(), transaction():
            training = invited()[0]
            entries = [entry(training), entry(training, TRAINER), entry(training, POINT, number=2)]
            return Product(app, hatchery), [answer(each, "DECLINED") for each in entries]

    if request.param == "maildir":
        box = mailbox.Maildir(str(tmp_path / "Maildir"), create=True)
        made = product(incoming_maildir=box._path)
        for raw in made[1]:
            box.add(raw)
        yield made
    else:
        with ImapPeer() as peer:
            made = product(imap_host=peer.host, imap_port=peer.port, imap_security="plain", imap_user=peer.user, imap_password=peer.password)
            peer.append(*made[1])
            yield made


def _close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


@pytest.mark.slow
def test_killed_between_keeping_and_marking(reader: tuple[Product, list[bytes]], seed: int) -> None:
    product, raws = reader
    deaths = random.Random(seed).randint(1, 3)
    for _ in range(deaths):
        end = product.command("mail", "poll", stop_at="mail.received")
        assert end.killed, end.told
    with product.app.app_context():
        assert db.session.query(IncomingMail).count() == 1, "the first one is found again each time"
        db.session.rollback()
    end = product.command("mail", "poll", "--json")
    assert (end.code, end.told[-1]) == (0, '{"handled": 3, "quarantined": 0, "fault": null}')
    with product.app.app_context():
        assert sorted(row.raw for row in db.session.query(IncomingMail)) == sorted(raws)
        assert db.session.query(Invitation).filter_by(participation="declined").count() == 3
        assert db.session.query(AuditEntry).filter_by(action="mail.receive").count() == 3
    assert product.command("mail", "poll", "--json").told[-1] == '{"handled": 0, "quarantined": 0, "fault": null}'
