"""Which phones there are, and shutting one out."""

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import SignIn
from app.attendance.kit.models import KitDevice
from app.attendance.models import MarkEntry
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from tests.attendance.conftest import Hall
from tests.attendance.kit.conftest import Trainer
from tests.browse import Browse
from tests.make import accounts, factories

PAGE = "/account/phones"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile"


def _device() -> KitDevice:
    db.session.expire_all()
    return db.session.query(KitDevice).one()


def _address() -> str:
    return f"{PAGE}/{_device().id}"


def _colleague(trainer: Trainer, role: Role, **where: object) -> Browse:
    return Browse(trainer.outside.app).as_account(accounts.account(role, **where))


def test_the_own_phones_are_listed_with_what_they_delivered(trainer: Trainer) -> None:
    trainer.browse.post("/kit/devices", json=trainer.phone.introduction, headers={"User-Agent": PHONE})
    page = trainer.browse.get(PAGE)
    assert "Chrome, Android" in page.text
    assert "Nothing yet" in page.text
    trainer.deliver(*(trainer.phone.mark(trainer.hall.meetings[1].id, person.id) for person in trainer.hall.people[:2]))
    assert "2 records" in trainer.browse.get(PAGE).text
    assert "Look at the phones" in trainer.browse.get("/account").text


def test_a_phone_is_shut_out_after_a_question_and_signed_out(trainer: Trainer) -> None:
    mark = trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id)
    at_home = Browse(trainer.outside.app).as_account(trainer.hall.account)
    question = at_home.get(f"{_address()}/shutting-out").text
    assert "stay on it, sealed" in question
    assert _device().revoked_at is None, "asking changes nothing"
    for _ in range(2):
        assert at_home.post(f"{_address()}/shutting-out").status == 303
    assert _device().revoked_at is not None
    reply = trainer.post(trainer.phone.body([mark]))
    assert (reply.status, reply.response.json) == (401, {"error": "revoked"})
    assert trainer.post({**trainer.phone.body([mark]), "pass": trainer.phone.bits(32)}).response.json == {"error": "pass"}
    assert trainer.browse.get(PAGE).status in {303, 401}, "its sign-in has ended"
    assert at_home.get(PAGE).status == 200, "no other has"
    assert at_home.post("/kit/devices", json=trainer.phone.introduction).response.json == {"error": "other_account"}
    assert [each.action for each in db.session.query(AuditEntry)].count("attendance.revoke_device") == 1


def test_a_phone_that_came_back_is_let_in_and_delivers_what_it_holds(trainer: Trainer) -> None:
    mark = trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id)
    at_home = Browse(trainer.outside.app).as_account(trainer.hall.account)
    at_home.post(f"{_address()}/shutting-out")
    assert "Let it in again" in at_home.get(PAGE).text
    for _ in range(2):
        assert at_home.post(f"{_address()}/admission").status == 303
    assert trainer.results(mark) == ["counted"]
    assert db.session.query(MarkEntry).count() == 1
    assert db.session.query(SignIn).filter_by(id=_device().sign_in_id).one().ended_at is not None
    assert [each.action for each in db.session.query(AuditEntry)].count("attendance.let_device_in") == 1


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR])
def test_who_runs_the_programme_shuts_out_the_phones_of_its_trainers(trainer: Trainer, role: Role) -> None:
    where = {"programme": trainer.hall.programme} if role is Role.PROGRAMME_MANAGER else {}
    manager = _colleague(trainer, role, **where)
    assert trainer.hall.account.name in manager.get(PAGE).text
    assert trainer.hall.account.name in manager.get(f"{_address()}/shutting-out").text
    assert manager.post(f"{_address()}/shutting-out").status == 303
    assert _device().revoked_at is not None
    entry = db.session.query(AuditEntry).filter_by(action="attendance.revoke_device").one()
    assert entry.subject == f"kit_device:{_device().id}"
    log = manager.get("/log")
    assert "attendance.revoke_device" in log.text


def test_nobody_else_finds_the_phone(trainer: Trainer) -> None:
    others = [
        _colleague(trainer, Role.TRAINER, programme=trainer.hall.programme),
        _colleague(trainer, Role.PROGRAMME_MANAGER, programme=factories.programme("VN")),
        _colleague(trainer, Role.FOCAL_POINT, factory=trainer.hall.factory),
    ]
    for browse in others:
        assert browse.get(f"{_address()}/shutting-out").status == 404
        assert browse.post(f"{_address()}/shutting-out").status == 404
        assert browse.post(f"{_address()}/admission").status == 404
    assert others[0].get(PAGE).status == 200
    assert f"phone-{_device().id}" not in others[0].get(PAGE).text
    assert _device().revoked_at is None


def test_shutting_out_the_phone_in_the_hand_says_so(app: Flask, hall: Hall) -> None:
    trainer = Trainer(app, hall)
    assert "You are using it now" in trainer.browse.get(f"{_address()}/shutting-out").text
    assert "This device" in trainer.browse.get(PAGE).text
