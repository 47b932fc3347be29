"""What a person, a factory, an account was told, by which way, for who may know."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory, Person
from app.notifications import operations
from app.notifications.digests.operations import send_digest
from app.notifications.models import Telling
from app.notifications.person_data import PERSON_DATA
from app.notifications.rules import TellingKind, Way
from app.platform.db import db
from app.sessions import operations as sessions
from app.sessions.models import TrainingSession
from app.sessions.rules import SeatState
from tests.browse import Browse
from tests.make import accounts, courses, factories
from tests.make import sessions as make


@dataclass
class Laid:
    training: TrainingSession
    factory: Factory
    person: Person
    point: Account
    trainer: Account


@pytest.fixture
def laid(app: Flask) -> Laid:
    """A confirmed session whose mails are out, with a text in the chat group of the factory."""
    factory = factories.factory("MILL")
    trainer = accounts.account(Role.TRAINER, programme=factories.programme())
    point = accounts.account(Role.FOCAL_POINT, factory=factory, email="hr@mill.example")
    training = make.training(version=courses.version(titles={"en": "Safety"}), trainers=[trainer])
    person = factories.person(factory, email="dara@mill.example")
    make.seat(training, factory, person)
    sessions.confirm(SYSTEM, training.id)
    operations.note_told(accounts.actor(point), training.id, "MILL", Way.CHAT)
    return Laid(training, factory, person, point, trainer)


def test_a_person_was_told_by_mail_and_in_the_chat_of_the_factory(browse: Browse, laid: Laid) -> None:
    office = browse.as_account(laid.trainer)
    address = f"/people/{laid.person.id}/told"
    assert address in [a.get("href") for a in office.get(f"/people/{laid.person.id}").all("a")]
    page = office.get(address)
    rows = [" ".join("".join(tr.itertext()).split()) for tr in page.all("tr")[1:]]
    assert len(rows) == 3
    assert sum("By mail" in row and "dara@mill.example" in row and "Invitation" in row for row in rows) == 2
    assert sum("In the chat group" in row and laid.training.code in row for row in rows) == 1


def test_who_has_no_seat_was_not_told_by_a_notice(browse: Browse, laid: Laid) -> None:
    colleague = factories.person(laid.factory)
    waits = factories.person(laid.factory)
    make.seat(laid.training, laid.factory, waits, state=SeatState.WAIT_LISTED)
    office = browse.as_account(laid.trainer)
    for person in (colleague, waits):
        assert "Nothing was told yet" in office.get(f"/people/{person.id}/told").text


def test_a_factory_was_told_by_mail_on_paper_and_by_chat(browse: Browse, laid: Laid) -> None:
    operations.note_told(accounts.actor(laid.trainer), laid.training.id, "MILL", Way.PAPER)
    page = browse.as_account(laid.trainer).get("/factories/MILL/told")
    for said in ("hr@mill.example", "On paper", "In the chat group", laid.training.code):
        assert said in page.text
    assert "dara@mill.example" not in page.text, "an invitation is the person's own"


def test_an_account_was_sent_digests_and_invitations(browse: Browse, laid: Laid) -> None:
    send_digest(laid.point.id, date(2026, 11, 30))
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=laid.training.programme))
    address = f"/accounts/{laid.point.id}/told"
    assert address in [a.get("href") for a in manager.get(f"/accounts/{laid.point.id}").all("a")]
    page = manager.get(address)
    assert "What comes and what waits" in page.text and page.text.count("hr@mill.example") == 3
    assert len([a for a in page.all("a") if "/outbox/" in (a.get("href") or "")]) == 2, "a digest is not opened from here"


def test_what_is_told_elsewhere_is_not_shown(browse: Browse, laid: Laid) -> None:
    abroad = factories.programme("BD", zone="Asia/Dhaka", country="BD")
    there = factories.factory("FAR", programme_id=abroad.id)
    accounts.grant(laid.point, Role.FOCAL_POINT, factory=there)
    far = make.training(programme=abroad, version=laid.training.version, code="FARFAR")
    make.seat(far, there)
    sessions.confirm(SYSTEM, far.id)
    operations.note_told(accounts.actor(laid.point), far.id, "FAR", Way.PAPER)
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=laid.training.programme))
    for address in (f"/accounts/{laid.point.id}/told", "/factories/MILL/told"):
        assert "FARFAR" not in manager.get(address).text
    assert manager.get("/factories/FAR/told").status == 404
    foreign = browse.as_account(accounts.account(Role.TRAINER, programme=abroad))
    assert "FARFAR" in foreign.get("/factories/FAR/told").text
    assert foreign.get(f"/people/{laid.person.id}/told").status == 404


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.ADVISOR, Role.FACTORY_AMBASSADOR])
def test_factories_read_no_delivery_log(browse: Browse, laid: Laid, role: Role) -> None:
    reader = browse.as_account(accounts.account(role, factory=laid.factory))
    for address in (f"/people/{laid.person.id}/told", "/factories/MILL/told", f"/accounts/{laid.point.id}/told"):
        assert reader.get(address).status == 404
    assert "What was told" not in reader.get(f"/people/{laid.person.id}").text


def test_what_is_held_of_a_person(laid: Laid) -> None:
    key = f"reminder:1:2026-12-01:1:person:{laid.person.id}"
    about = {"training_id": laid.training.id, "factory_id": laid.factory.id, "person_id": laid.person.id}
    assert operations.claim(key, TellingKind.REMINDER, Way.MAIL, **about) is not None
    assert operations.claim(key, TellingKind.REMINDER, Way.MAIL, **about) is None
    [row] = PERSON_DATA.export(laid.person.id)["telling"]
    assert (row["kind"], row["way"], row["person_id"]) == ("reminder", "mail", laid.person.id)
    other = factories.person(laid.factory)
    assert PERSON_DATA.plan(laid.person.id, other.id)["moved"] == {"telling": [row["id"]]}
    moved = PERSON_DATA.move(laid.person.id, other.id)
    assert moved["moved"] == {"telling": [row["id"]]} and PERSON_DATA.export(laid.person.id)["telling"] == []
    db.session.expire_all()
    assert db.session.get_one(Telling, row["id"]).person_id == other.id
