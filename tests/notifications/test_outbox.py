"""Who sees which mails, and what a mail looks like."""

from email import message_from_bytes
from email.policy import default

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.platform.db import db
from app.platform.mail.models import MailMessage, MailState
from app.sessions import operations
from tests.browse import Browse
from tests.make import accounts, courses, factories
from tests.make import sessions as make
from tests.make.statements import counted


@pytest.fixture
def trainer(app: Flask) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme())


def _foreign() -> None:
    """A confirmed session in another programme."""
    programme = factories.programme("BD", zone="Asia/Dhaka", languages=["bn"], country="BD")
    teacher = accounts.account(Role.TRAINER, programme=programme, email="far@office.example")
    operations.confirm(SYSTEM, make.training(programme=programme, trainers=[teacher]).id)


def _ids() -> list[int]:
    return list(db.session.scalars(sa.select(MailMessage.id).order_by(MailMessage.id)))


def test_trainers_see_the_mails_of_their_programme(browse: Browse, trainer: Account) -> None:
    _foreign()
    foreign = _ids()
    training = make.training(trainers=[trainer])
    operations.confirm(SYSTEM, training.id)
    own = [number for number in _ids() if number not in foreign]
    as_trainer = browse.as_account(trainer)
    text = as_trainer.get("/outbox").text
    assert trainer.email in text and "far@office.example" not in text
    assert [as_trainer.get(f"/outbox/{number}").status for number in (*own, *foreign)] == [200] * 2 + [404] * 2
    assert "far@office.example" in browse.as_account(accounts.account(Role.ADMINISTRATOR)).get("/outbox").text
    for role in (Role.FOCAL_POINT, Role.ADVISOR):
        other = browse.as_account(accounts.account(role, factory=factories.factory()))
        assert other.get("/outbox").status == 404 and other.get(f"/outbox/{own[0]}").status == 404


def test_the_outbox_is_filtered_by_its_address(browse: Browse, trainer: Account) -> None:
    one, two = (make.training(trainers=[trainer], days=(5,)) for _ in range(2))
    for training in (one, two):
        operations.confirm(SYSTEM, training.id)
    refused = db.session.get_one(MailMessage, _ids()[0])
    refused.state, refused.reply = MailState.REFUSED, "554 5.7.1 No"
    as_trainer = browse.as_account(trainer)
    rows = {address: len(as_trainer.get(address).all("tr")) - 1 for address in (
        "/outbox", f"/outbox?about=training:{two.id}", "/outbox?state=refused", "/outbox?state=nonsense",
    )}
    assert list(rows.values()) == [2, 1, 1, 2]
    assert "554 5.7.1 No" in as_trainer.get("/outbox?state=refused").text
    assert as_trainer.get(f"/outbox?about=training:{two.id}&state=refused").status == 200


def test_a_mail_is_shown_as_text_and_as_it_travels(browse: Browse, trainer: Account) -> None:
    training = make.training(trainers=[trainer], version=courses.version(titles={"en": "<script>alert(1)</script>"}))
    operations.confirm(SYSTEM, training.id)
    page = browse.as_account(trainer).get(f"/outbox/{_ids()[0]}")
    for words in ("you are invited to this half-day", "BEGIN:VEVENT", "Message-ID:", "Content-Type: text/calendar", training.code):
        assert words in page.text
    assert not [script for script in page.all("script") if not script.get("src")]


@pytest.mark.parametrize(("language", "greeting", "direction"), [("ar", "ar", "rtl"), ("bn", "en", "ltr"), ("km", "km", "ltr")])
def test_a_mail_is_in_the_recipients_language(app: Flask, language: str, greeting: str, direction: str) -> None:
    teacher = accounts.account(Role.TRAINER, programme=factories.programme(), language=language)
    operations.confirm(SYSTEM, make.training(trainers=[teacher], days=(5,)).id)
    raw = db.session.scalars(sa.select(MailMessage)).one().raw
    assert f"Content-Language: {greeting}".encode() in raw
    html = _part(raw, "text/html")
    assert f'<html lang="{greeting}" dir="{direction}">' in html


def _part(raw: bytes, kind: str) -> str:
    message = message_from_bytes(raw, policy=default)
    return next(part.get_content() for part in message.walk() if part.get_content_type() == kind)


def test_statements_do_not_grow_with_the_mails(browse: Browse, trainer: Account) -> None:
    as_trainer = browse.as_account(trainer)
    counts = []
    for more in (3, 20):
        for _ in range(more):
            operations.confirm(SYSTEM, make.training(trainers=[trainer], days=(5,)).id)
        db.session.commit()
        with counted() as statements:
            as_trainer.get("/outbox")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8
