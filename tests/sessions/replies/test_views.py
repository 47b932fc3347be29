"""Answers on the page of a training session, other times, and the list of mails that came in."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.factories.models import Factory
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.sessions.models import TrainingSession
from app.sessions.operations.invitations import settle
from app.sessions.replies.operations import note_visit, receive
from app.sessions.replies.queries import answers
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make import sessions as make
from tests.make.replies import PERSON, POINT, TRAINER, answer, entry, invited
from tests.make.statements import counted
from tests.sessions.replies.letters import OTHER, mail

Laid = tuple[TrainingSession, Factory, Browse]


@pytest.fixture
def laid(browse: Browse) -> Laid:
    training, factory, trainer = invited()
    return training, factory, browse.as_account(trainer)


def test_who_comes_by_half_day(laid: Laid) -> None:
    training, _factory, page = laid
    assert "Answers to the invitations" in page.get(f"/sessions/{training.id}").text
    receive(answer(entry(training), "ACCEPTED"))
    receive(answer(entry(training, POINT), "TENTATIVE"))
    found = page.get(f"/sessions/{training.id}").text
    assert "Comes 1" in found and "May come 1" in found and "No answer yet 1" in found and "No answer yet 3" in found
    assert "Somebody who is needed" not in found


@pytest.mark.parametrize(("address", "name"), [(TRAINER, "Chan Bopha"), (POINT, "Keo Sina")])
def test_a_no_of_who_is_needed_stands_out(laid: Laid, address: str, name: str) -> None:
    training, _factory, page = laid
    receive(answer(entry(training, address), "DECLINED", more=["COMMENT:<b>ill</b>"]))
    reply = page.get(f"/sessions/{training.id}")
    alert = next(each for each in reply.all("div") if each.get("role") == "alert")
    assert "Somebody who is needed does not come" in "".join(alert.itertext())
    assert name in "".join(alert.itertext())
    assert "<b>ill</b>" in reply.text, "what somebody wrote is text"


def test_a_no_of_one_of_many_does_not_stand_out(laid: Laid) -> None:
    training, _factory, page = laid
    receive(answer(entry(training), "DECLINED"))
    assert "Somebody who is needed" not in page.get(f"/sessions/{training.id}").text


def test_a_factory_sees_its_own_answers_and_numbers_alone(laid: Laid, browse: Browse) -> None:
    training, factory, _page = laid
    other = factories.factory("OTHER", name="Other mill")
    make.seat(training, other, factories.person(other, email="vy@other.example", name="Vy Tran", local_name=None))
    settle(training)
    receive(answer(entry(training, "vy@other.example"), "DECLINED", more=["COMMENT:secret"]))
    receive(answer(entry(training, TRAINER), "DECLINED"))
    receive(answer(entry(training), "ACCEPTED"))
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    found = point.get(f"/sessions/{training.id}").text
    section = found[found.index("Answers to the invitations"):]
    assert "Comes 1" in section
    for hidden in ("Vy Tran", "secret", "Chan Bopha", "Other mill", "Does not come"):
        assert hidden not in section


def test_another_time_leads_to_the_move_with_the_form_filled(laid: Laid) -> None:
    training, _factory, page = laid
    receive(answer(entry(training), "TENTATIVE", method="COUNTER", starts="DTSTART:20280515T010000Z", ends="DTEND:20280515T040000Z"))
    reply = page.get(f"/sessions/{training.id}")
    link = next(each.get("href") for each in reply.all("a") if "Move to this time" in "".join(each.itertext()))
    assert link == f"/sessions/{training.id}/meetings/1/time?day=2028-05-15&starts=08:00&ends=11:00"
    form = page.get(link)
    assert {field.get("name"): field.get("value") for field in form.all("input") if field.get("name") != "next"} == {"day": "2028-05-15", "starts": "08:00", "ends": "11:00"}
    assert entry(training).proposal
    refusal = f"/sessions/{training.id}/proposals/{entry(training).id}/refusal"
    assert page.post(refusal).status == 303
    assert page.post(refusal).status == 303
    assert "Whoever proposed another time is told." in page.get(f"/sessions/{training.id}").text
    assert "Other times" not in page.get(f"/sessions/{training.id}").text


def test_a_proposal_is_gone_once_the_half_day_moved(laid: Laid) -> None:
    training, _factory, page = laid
    receive(answer(entry(training), "TENTATIVE", method="COUNTER", starts="DTSTART:20280515T010000Z", ends="DTEND:20280515T040000Z"))
    entry(training).sequence += 1
    db.session.flush()
    assert "Other times" not in page.get(f"/sessions/{training.id}").text


@pytest.mark.parametrize("query", ["day=x", "day=99999-01-01&starts=25:00", "starts=<b>", "ends=", "day=2028-05-15&day=2029-01-01"])
def test_a_move_with_nonsense_in_its_address_begins_as_usual(laid: Laid, query: str) -> None:
    training, _factory, page = laid
    assert page.get(f"/sessions/{training.id}/meetings/1/time?{query}").status == 200


def test_others_decline_nothing(laid: Laid, browse: Browse) -> None:
    training, factory, _page = laid
    receive(answer(entry(training), "TENTATIVE", method="COUNTER"))
    refusal = f"/sessions/{training.id}/proposals/{entry(training).id}/refusal"
    abroad = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme("BD", zone="Asia/Dhaka")))
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert (abroad.post(refusal).status, point.post(refusal).status) == (404, 404)
    assert entry(training).proposal


def test_the_list_shows_what_somebody_should_look_at(laid: Laid) -> None:
    training, _factory, page = laid
    receive(answer(entry(training), "ACCEPTED"))
    forged = receive(answer(entry(training), "DECLINED", sender=OTHER))
    written = receive(mail("We come <b>late</b>", kind="text/plain", sender=PERSON, subject="<i>Thursday</i>"))
    receive(mail("We come late", kind="text/plain", sender=OTHER))
    found = page.get("/mail/incoming")
    assert "<i>Thursday</i>" in found.text and OTHER in found.text
    assert len(found.all("tr")) == 3, "the answer is applied, and the last is nobody's of this programme"
    assert "does not come from the address that was invited" in page.get(f"/mail/incoming/{forged.id}").text
    assert "We come <b>late</b>" in page.get(f"/mail/incoming/{written.id}").text
    assert page.post(f"/mail/incoming/{written.id}/seen").status == 303
    assert len(page.get("/mail/incoming").all("tr")) == 2
    assert len(page.get("/mail/incoming?show=all").all("tr")) == 4
    assert len(page.get("/mail/incoming?show=all&reason=no_calendar").all("tr")) == 2
    assert page.get("/mail/incoming?reason=nonsense&page=99").status == 200
    assert db.session.query(AuditEntry).filter_by(action="mail.mark_seen").count() == 1


def test_mails_of_nobody_are_for_who_looks_after_the_site(laid: Laid, browse: Browse) -> None:
    _training, factory, page = laid
    strange = receive(mail("Hello", kind="text/plain", sender=OTHER, subject="Lost"))
    note_visit("imap:x", "OSError: refused")
    admin = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert "Lost" in admin.get("/mail/incoming").text
    assert "OSError: refused" in admin.get("/mail/incoming").text
    assert "Lost" not in page.get("/mail/incoming").text
    assert "OSError" not in page.get("/mail/incoming").text
    assert page.get(f"/mail/incoming/{strange.id}").status == 404
    assert page.post(f"/mail/incoming/{strange.id}/seen").status == 404
    point = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert point.get("/mail/incoming").status == 404


def test_the_outbox_says_what_came_back(laid: Laid) -> None:
    training, _factory, page = laid
    sent = db.session.query(MailMessage).filter_by(recipient=PERSON).first()
    assert sent
    sent.state, sent.reply = MailState.BOUNCED, "5.1.1"
    db.session.flush()
    assert "Sent, and came back" in page.get("/outbox?state=bounced").text
    assert "Sent, and came back" in page.get(f"/sessions/{training.id}").text


def test_statements_do_not_grow_with_the_people(app: Flask) -> None:
    training, factory, trainer = invited()
    actor = accounts.actor(trainer)
    with counted() as few:
        answers(actor, training)
    for number in range(20):
        make.seat(training, factory, factories.person(factory, email=f"p{number}@mill.example"))
    settle(training)
    db.session.flush()
    with counted() as many:
        assert len(answers(actor, training).half_days[0].answers) == 23
    assert len(many) == len(few) <= 6
    assert db.session.scalar(sa.text("SELECT 1")) == 1
