"""What incoming mails hold of a person, and what is left when it is let go."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.privacy import operations as privacy
from app.privacy import retention
from app.sessions.models import Invitation, TrainingSession
from app.sessions.person_data import PERSON_DATA
from app.sessions.replies.models import IncomingMail
from app.sessions.replies.operations import receive
from tests.make.replies import PERSON, TRAINER, answer, entry, invited
from tests.sessions.replies.letters import mail, report

SECRETS = (b"dara", b"Dara", "ដារា".encode())


@pytest.fixture
def training(app: Flask) -> TrainingSession:
    """The person answered, wrote, was written about and could not be reached."""
    training = invited()[0]
    receive(answer(entry(training), "TENTATIVE", method="COUNTER", more=["COMMENT:Sok Dara cannot"]))
    receive(mail("Sok Dara here", kind="text/plain", sender=PERSON, subject="Sok Dara"))
    receive(answer(entry(training, TRAINER), "DECLINED", more=["COMMENT:Sok Dara is ill"]))
    sent = db.session.query(MailMessage).filter_by(recipient=PERSON).first()
    assert sent
    sent.state = MailState.SENT
    receive(report(recipient=PERSON, message_id=sent.message_id, inner=sent.raw.decode()))
    return training


def person() -> Person:
    return db.session.query(Person).filter_by(email=PERSON).one()


def test_export(training: TrainingSession) -> None:
    told = PERSON_DATA.export(person().id)["incoming_mail"]
    assert [row["partstat"] for row in told] == ["TENTATIVE", None]


def test_nothing_is_left(training: TrainingSession) -> None:
    privacy.pseudonymise(SYSTEM, person().id)
    db.session.flush()
    db.session.expire_all()
    rows = db.session.query(IncomingMail).all()
    assert len(rows) == 4, "that it came stays"
    said = b"".join(f"{row.sender}{row.subject}".encode() + row.raw for row in rows)
    notes = "".join(f"{row.reply_note}{row.proposal}{row.address}{row.name}" for row in db.session.query(Invitation)).encode()
    assert not [secret for secret in SECRETS if secret in said + notes]
    assert "accepted" in {row.outcome for row in rows}


def test_kept_for_a_time(training: TrainingSession) -> None:
    kind = next(kind for kind in retention.KINDS if kind.key == "incoming")
    assert retention.report()["incoming"] == 0
    for row in db.session.query(IncomingMail):
        row.received_at = now() - timedelta(days=31 * kind.months + 40)
    db.session.flush()
    assert retention.report()["incoming"] == 4
    assert retention.let_go(SYSTEM, kind) == 4
    assert {(row.sender, row.subject, row.raw) for row in db.session.query(IncomingMail)} == {("", "", b"")}
    assert retention.let_go(SYSTEM, kind) == 0
