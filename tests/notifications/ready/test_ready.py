"""That certificates are ready: to whom, once, grouped, in whose language, and not for what was issued anew."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import sqlalchemy as sa
from flask import Flask

from app import wiring
from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.certificates import operations
from app.certificates.models import Certificate
from app.certificates.rules import Reason
from app.notifications.models import Telling
from app.notifications.ready import jobs
from app.platform import clock
from app.platform.db import db
from app.platform.jobs import Later
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from tests.make import accounts, certificates, completions, courses, factories

KINDS = ("notifications.certificate_ready", "notifications.certificates_ready")
OWN = "dara@people.example"


class World:
    """A factory with a speaker, and a training session that people complete."""

    def __init__(self, language: str = "en") -> None:
        self.factory = factories.factory()
        self.speaker: Account = accounts.account(Role.FOCAL_POINT, factory=self.factory, language=language)
        self.version = courses.version(titles={"en": "Fire safety", "km": "អគ្គិភ័យ"})
        self.training = completions.training(self.version, self.factory.programme)

    def certificate(self, name: str, email: str | None = None, language: str = "en") -> Certificate:
        person = factories.person(self.factory, name=name, local_name=None, email=email, language=language)
        return certificates.certificate(person, self.factory, self.version, training_id=self.training.id)


def _work() -> None:
    """What the worker does within the next two hours."""
    for job in db.session.scalars(sa.select(Job).where(Job.kind.in_(KINDS), Job.done_at.is_(None)).order_by(Job.id)).all():
        outcome = wiring.JOBS[job.kind](**job.payload)
        outcome.write()
        if not isinstance(outcome, Later):
            job.done_at = clock.now()
    db.session.flush()


def _mails() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(sa.select(MailMessage).order_by(MailMessage.id)).all()
    read = [message_from_bytes(row.raw, policy=default) for row in rows]
    return [(row.recipient, str(m["Subject"]), m.get_body(("plain",)).get_content()) for row, m in zip(rows, read, strict=True)]


def test_one_mail_to_the_person_and_one_list_to_the_factory(app: Flask) -> None:
    world = World()
    made = [world.certificate("Sok Dara", OWN), world.certificate("Chan Thida"), world.certificate("Keo Sophea")]
    for each in made:
        certificates.drawn(each)
    for _again in range(2):
        _work()
        for each in made:
            jobs.tell_holder(each.id).write()
    [(to, subject, text), (speaker, many, names)] = _mails()
    assert (to, subject) == (OWN, "Your certificate is ready")
    assert "Fire safety" in text
    assert f"{app.extensions['settings'].base_url}/certificates" in text.splitlines()
    assert made[0].code not in text and made[0].number not in text, "an address that tells nothing of the person"
    assert (speaker, many) == (world.speaker.email, "3 certificates are ready")
    for each in made:
        assert each.number in names
    for words in ("Sok Dara", "Chan Thida", "Keo Sophea", world.training.code, f"/certificates/bundles?training={world.training.id}"):
        assert words in names
    assert not any(b"attachment" in row.raw for row in db.session.query(MailMessage))


def test_what_comes_later_is_a_list_of_its_own(app: Flask) -> None:
    world = World()
    certificates.drawn(world.certificate("Sok Dara"))
    _work()
    certificates.drawn(world.certificate("Chan Thida"))
    certificates.drawn(world.certificate("Keo Sophea"))
    db.session.query(Job).filter_by(kind=KINDS[1]).update({"done_at": None})  # of the same half hour
    _work()
    assert [subject for _to, subject, _text in _mails()] == ["1 certificate is ready", "2 certificates are ready"]
    assert "Sok Dara" not in _mails()[1][2]


def test_the_list_waits_for_what_is_being_made_but_not_for_ever(app: Flask) -> None:
    world = World()
    certificates.drawn(world.certificate("Sok Dara"))
    world.certificate("Chan Thida")
    _work()
    assert _mails() == []
    with clock.telling(clock.now() + timedelta(hours=1, minutes=1)):
        _work()
    assert [subject for _to, subject, _text in _mails()] == ["1 certificate is ready"]


def test_jobs_of_one_half_hour_are_one(app: Flask) -> None:
    world = World()
    with clock.telling(completions.AT):
        for name in ("Sok Dara", "Chan Thida"):
            certificates.drawn(world.certificate(name))
    [job] = db.session.query(Job).filter_by(kind=KINDS[1])
    assert job.run_at == completions.AT + timedelta(hours=1)


@pytest.mark.parametrize("email", [None, "", "no address", "office@mill.example", "speaker"])
def test_nobody_writes_to_an_address_that_others_read(app: Flask, email: str | None) -> None:
    """None, one that is none, one that a colleague has as well, and that of an account."""
    world = World()
    factories.person(world.factory, name="Keo Sophea", email="Office@mill.example")
    address = world.speaker.email if email == "speaker" else email
    certificates.drawn(world.certificate("Sok Dara", address))
    _work()
    assert [to for to, _subject, _text in _mails()] == [world.speaker.email]


def test_in_the_language_of_each(app: Flask) -> None:
    world = World(language="vi")
    certificates.drawn(world.certificate("Sok Dara", OWN, language="km"))
    _work()
    languages = {row.recipient: message_from_bytes(row.raw, policy=default)["Content-Language"] for row in db.session.query(MailMessage)}
    assert languages == {OWN: "km", world.speaker.email: "vi"}
    assert "អគ្គិភ័យ" in _mails()[0][2]


def test_what_is_issued_anew_or_again_is_not_told_as_ready(app: Flask) -> None:
    world = World()
    old = certificates.drawn(world.certificate("Sok Dara", OWN))
    _work()
    new = certificates.drawn(operations.reissue(SYSTEM, old.id, Reason.ASKED))
    operations.revoke(new.completion_id, Reason.CORRECTED)
    certificates.drawn(operations.issue(new.completion_id))
    assert db.session.query(Job).filter_by(kind=KINDS[0]).count() == 1
    _work()
    ready = [subject for _to, subject, _text in _mails() if "ready" in subject]
    assert ready == ["Your certificate is ready", "1 certificate is ready"]


def test_what_was_never_drawn_does_not_keep_the_next_from_being_told(app: Flask) -> None:
    world = World()
    first = world.certificate("Sok Dara", OWN)
    operations.revoke(first.completion_id, Reason.CORRECTED)
    certificates.drawn(operations.issue(first.completion_id))
    _work()
    assert [subject for _to, subject, _text in _mails()] == ["Your certificate is ready", "1 certificate is ready"]


@pytest.mark.parametrize("verb", [operations.suspend, operations.revoke_one])
def test_what_no_longer_holds_is_not_told(app: Flask, verb: object) -> None:
    world = World()
    made = certificates.drawn(world.certificate("Sok Dara", OWN))
    verb(SYSTEM, made.id, Reason.CHECKED)  # type: ignore[operator]
    _work()
    assert [subject for _to, subject, _text in _mails() if "ready" in subject] == []


def test_the_log_knows_which_mails_name_whom(app: Flask) -> None:
    world = World()
    made = certificates.drawn(world.certificate("Sok Dara", OWN))
    _work()
    told = db.session.query(Telling).filter_by(person_id=made.person_id).all()
    assert {row.mail_id for row in told} == {row.id for row in db.session.query(MailMessage)}
    assert {row.account_id for row in told} == {None, world.speaker.id}
