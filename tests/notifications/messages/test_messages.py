"""A message to everybody in a training session."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.access.actor import Actor
from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory, Person
from app.notifications.messages import operations
from app.notifications.messages.models import TrainingMessage
from app.notifications.messages.operations import Message
from app.notifications.messages.rules import Audience, Recipient, each_once, paragraphs, plain
from app.notifications.reading import read
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState
from tests.browse import Browse, fill
from tests.make import accounts, factories
from tests.make import sessions as make
from tests.make.statements import counted

TOKEN = "0123456789abcdef0123456789abcdef"
WORDS = "Bring your badge.\nThe gate opens at 7.\n\nសូមមកទាន់ពេល។"


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("MILL", name="Lotus Mill")


@pytest.fixture
def other(app: Flask) -> Factory:
    return factories.factory("OTHER", name="Other Mill")


@pytest.fixture
def trainer(factory: Factory) -> Account:
    return accounts.account(Role.TRAINER, programme=factories.programme(), name="Thida", email="thida@office.example")


@pytest.fixture
def speaker(factory: Factory) -> Account:
    return accounts.account(Role.FOCAL_POINT, factory=factory, name="Speaker", email="hr@lotus.example", language="km")


@pytest.fixture
def training(factory: Factory, other: Factory, trainer: Account, speaker: Account) -> TrainingSession:
    """Booked: one with an address, one without, one with something that is none; one waits; one seat has no name."""
    made = make.training(trainers=[trainer])
    make.seat(made, factory, _person(factory, "Sok Mail", "sok@people.example"))
    make.seat(made, factory, _person(factory, "Sok Paper", None))
    make.seat(made, other, _person(other, "Sok Odd", "at the gate"))
    make.seat(made, other, _person(other, "Sok Waits", "waits@people.example"), state=SeatState.WAIT_LISTED)
    make.seat(made, other, _person(other, "Sok Gone", "gone@people.example"), state=SeatState.WITHDRAWN)
    unnamed = make.seat(made, factory, _person(factory, "Nobody", "nobody@people.example"))
    unnamed.state, unnamed.person_id = SeatState.RESERVED, None
    db.session.flush()
    return made


def _person(factory: Factory, name: str, email: str | None) -> Person:
    return factories.person(factory, name=name, local_name=None, email=email, language="en")


def _mails() -> list[MailMessage]:
    return list(db.session.scalars(sa.select(MailMessage).where(MailMessage.kind == "sessions.message").order_by(MailMessage.recipient)))


def _parsed(mail: MailMessage) -> EmailMessage:
    message = message_from_bytes(mail.raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def _message(**changes: object) -> Message:
    return Message(**{"audience": Audience.BOOKED, "subject": "Tomorrow", "words": WORDS, "token": TOKEN, **changes})


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        (Audience.BOOKED, ["hr@lotus.example", "sok@people.example"]),
        (Audience.WAITING, ["hr@lotus.example", "sok@people.example", "waits@people.example"]),
        (Audience.FACTORIES, ["hr@lotus.example"]),
        (Audience.TRAINERS, ["thida@office.example"]),
    ],
)
def test_each_choice_reaches_whom_it_says(training: TrainingSession, trainer: Account, audience: Audience, reached: list[str]) -> None:
    assert operations.send_message(accounts.actor(trainer), training.id, _message(audience=audience)) == len(reached)
    assert [mail.recipient for mail in _mails()] == reached
    assert {mail.about for mail in _mails()} == {f"training:{training.id}"}


def test_everybody_gets_a_mail_of_their_own(training: TrainingSession, trainer: Account) -> None:
    operations.send_message(accounts.actor(trainer), training.id, _message())
    to_factory, to_person = map(_parsed, _mails())
    for message, own, others in ((to_factory, "hr@lotus.example", "Sok"), (to_person, "sok@people.example", "Speaker")):
        assert str(message["To"]).endswith(f"<{own}>") and message["Cc"] is None and message["Bcc"] is None
        assert str(message["From"]).endswith("<training@seamwise.example>") and message["Reply-To"] == "thida@office.example"
        assert message["Subject"] == "Tomorrow"
        assert others not in message.as_string().replace(own, "")
        for kind in ("plain", "html"):
            part = message.get_body((kind,))
            assert part is not None
            text = part.get_content()
            assert "Thida" in text and "Bring your badge." in text and "សូមមកទាន់ពេល។" in text
    assert "Bring your badge.\nThe gate opens at 7.\n" in read(_mails()[0].raw).text.replace("\r\n", "\n")
    assert (to_factory["Content-Language"], to_person["Content-Language"]) == ("km", "en")


def test_it_is_logged_without_its_words(training: TrainingSession, trainer: Account) -> None:
    operations.send_message(accounts.actor(trainer), training.id, _message())
    [entry] = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "notifications.send_message"))
    assert entry.subject == f"training:{training.id}" and entry.details == {"audience": "booked", "mails": 2}


def test_one_form_is_sent_once(training: TrainingSession, trainer: Account) -> None:
    actor = accounts.actor(trainer)
    for _ in range(3):
        assert operations.send_message(actor, training.id, _message()) == 2
    assert len(_mails()) == 2 and db.session.query(TrainingMessage).count() == 1
    operations.send_message(actor, training.id, _message(token="f" * 32))
    assert len(_mails()) == 4


@pytest.mark.any_engine
@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hi\nBcc: b@y.example"}, {"subject": "Hi\r\nBcc: b@y.example"}, {"subject": "Hi\u2028x"}, {"subject": "Hi\x00"},
        {"subject": " "}, {"subject": "x" * 121}, {"words": " \n\x07 "}, {"words": "x" * 4001}, {"token": ""}, {"token": "../../x"},
    ],
)
def test_what_no_mail_can_carry_is_refused(training: TrainingSession, trainer: Account, changes: dict[str, str]) -> None:
    with pytest.raises(Refused):
        operations.send_message(accounts.actor(trainer), training.id, _message(**changes))
    assert _mails() == []


def test_no_name_and_no_address_adds_a_recipient(training: TrainingSession, trainer: Account, factory: Factory) -> None:
    make.seat(training, factory, _person(factory, "Eve\r\nBcc: eve@evil.example", "ok@people.example"))
    make.seat(training, factory, _person(factory, "Mallory", "a@x.example\nBcc: b@y.example"))
    make.seat(training, factory, _person(factory, "Two", "a@x.example, b@y.example"))
    trainer.email = "thida@office.example\r\nBcc: c@z.example"
    operations.send_message(accounts.actor(trainer), training.id, _message())
    assert [mail.recipient for mail in _mails()] == ["hr@lotus.example", "ok@people.example", "sok@people.example"]
    for mail in _mails():
        head = mail.raw.partition(b"\r\n\r\n")[0].decode("ascii")
        assert not [line for line in head.split("\r\n") if line.lower().startswith(("bcc", "cc:", "reply-to"))]
        assert str(_parsed(mail)["To"]).count("@") == 1


def test_words_stay_words(training: TrainingSession, trainer: Account) -> None:
    operations.send_message(accounts.actor(trainer), training.id, _message(words="<script>alert(1)</script> {{ 7 * 7 }}"))
    html = _parsed(_mails()[0]).get_body(("html",))
    assert html is not None and "<script>" not in html.get_content() and "&lt;script&gt;" in html.get_content()
    assert "{{ 7 * 7 }}" in html.get_content()


def test_others_do_not_write(training: TrainingSession, speaker: Account, trainer: Account) -> None:
    abroad = factories.programme("BD", zone="Asia/Dhaka", country="BD", languages=["bn"])
    for account in (speaker, accounts.account(Role.TRAINER, programme=abroad), accounts.account(Role.ADVISOR, programme=factories.programme())):
        with pytest.raises(NotFound):
            operations.send_message(accounts.actor(account), training.id, _message())
    with pytest.raises(NotFound):
        operations.send_message(Actor(), training.id, _message())
    assert _mails() == []


def test_the_pages_are_for_those_who_plan_there(browse: Browse, training: TrainingSession, speaker: Account) -> None:
    abroad = factories.programme("BD", zone="Asia/Dhaka", country="BD", languages=["bn"])
    for account in (speaker, accounts.account(Role.TRAINER, programme=abroad)):
        client = browse.as_account(account)
        for page in ("", "/preview", "/correction", "/unreached"):
            assert client.get(f"/sessions/{training.id}/messages{page}").status == 404
        for page in ("", "/preview", "/correction"):
            assert client.post(f"/sessions/{training.id}/messages{page}", {}).status == 404


def test_nobody_to_reach_is_said(trainer: Account) -> None:
    with pytest.raises(Refused):
        operations.send_message(accounts.actor(trainer), make.training().id, _message())


def test_a_trainer_looks_at_it_then_sends_it(browse: Browse, training: TrainingSession, trainer: Account) -> None:
    client = browse.as_account(trainer)
    assert f"/sessions/{training.id}/messages" in [a.get("href") for a in client.get(f"/sessions/{training.id}").all("a")]
    page = client.get(f"/sessions/{training.id}/messages")
    action, data = fill(page, "/messages/preview", subject="Tomorrow", words=WORDS)
    look = client.post(action, data)
    assert look.status == 200 and _mails() == []
    for words in ("2 mails, one for each", "2 people have no mail address", "For 1 of them somebody at the factory gets the mail", "Bring your badge."):
        assert words in look.text, look.text
    [copied] = [area for area in look.all("textarea") if area.get("id") == "copied"]
    assert training.code in (copied.text or "") and "Bring your badge." in (copied.text or "") and "Thida" in (copied.text or "")
    _, data = fill(look, "/messages")
    again = client.post(f"/sessions/{training.id}/messages/correction", data)
    assert again.status == 200 and "Tomorrow" in [field.get("value") for field in again.all("input")]
    for _ in range(2):
        reply = client.post(f"/sessions/{training.id}/messages", data)
        assert reply.location == f"/sessions/{training.id}/messages"
    assert len(_mails()) == 2
    after = client.get(f"/sessions/{training.id}/messages")
    assert "2 mails are on their way." in after.text and "What was sent" in after.text
    [token] = [field.get("value") for field in after.all("input") if field.get("name") == "token"]
    assert token != data["token"]


def test_the_list_to_print_names_who_has_no_address(browse: Browse, training: TrainingSession, trainer: Account) -> None:
    reply = browse.as_account(trainer).get(f"/sessions/{training.id}/messages/unreached?audience=booked")
    assert "Sok Paper" in reply.text and "Sok Odd" in reply.text and "Sok Mail" not in reply.text and "Sok Waits" not in reply.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subject": ""}, "Say in a few words what it is about."),
        ({"subject": "x" * 121}, "at most 120 characters"),
        ({"subject": "a\nBcc: b@y.example"}, "must be one line"),
        ({"words": ""}, "Write your message."),
        ({"words": "x" * 4001}, "at most 4,000 characters"),
        ({"audience": "everybody on earth"}, "Choose one of the list."),
        ({"token": "7"}, "Open the page again."),
    ],
)
@pytest.mark.parametrize("door", ["messages", "messages/preview"])
def test_bad_input_is_said(browse: Browse, training: TrainingSession, trainer: Account, door: str, changes: dict[str, str], words: str) -> None:
    form = {"audience": "booked", "subject": "Tomorrow", "words": WORDS, "token": TOKEN} | changes
    reply = browse.as_account(trainer).post(f"/sessions/{training.id}/{door}", form)
    assert reply.status == 422 and words in reply.text and _mails() == []


def test_the_same_few_statements(browse: Browse, training: TrainingSession, trainer: Account, factory: Factory) -> None:
    client, address = browse.as_account(trainer), f"/sessions/{training.id}/messages"
    with counted() as few:
        client.get(address)
    for number in range(10):
        make.seat(training, factory, _person(factory, f"More {number}", f"more{number}@people.example"))
    with counted() as many:
        client.get(address)
    assert len(many) == len(few) <= 12
    assert db.session.query(Seat).count() > 10


@given(st.text(max_size=200))
def test_plain_words_lose_only_what_no_keyboard_writes(text: str) -> None:
    clean = plain(text)
    assert plain(clean) == clean and "\r" not in clean and "\0" not in clean
    words = ["".join(line.split()) for lines in paragraphs(text) for line in lines]
    assert "".join(words) == "".join(clean.split())


def test_an_address_gets_one_mail() -> None:
    both = [Recipient("A@x.example", "A", "en"), Recipient("a@X.example", "B", "km"), Recipient("b@x.example", "C", "en")]
    assert [each.name for each in each_once(both)] == ["A", "C"]
