"""Wrong tries slow down whoever makes them, and nobody else (TRAPS T40, T41). The clock is told; nobody waits."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts import devices, throttles
from app.accounts import operations as accounts_now
from app.accounts.models import Account, PersonPin
from app.accounts.rules import LinkPurpose
from app.factories.models import Employment
from app.platform.clock import now
from app.platform.db import db
from tests.browse import Browse
from tests.counts import CROWD
from tests.make import accounts, cards, factories, quizzes
from tests.make.staff import EMAIL, PASSWORD, code_for, links, sign_in, sreymom

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WRONG = {"password": "not this one"}


@pytest.fixture
def own(browse: Browse) -> Browse:
    """The owner's device: the right password and the second factor were given on it before."""
    sreymom().totp_secret = SECRET
    sign_in(browse)
    assert browse.post("/sign-in/factor", {"code": code_for(SECRET, -1)}).status == 303
    browse.post("/sign-out")
    return browse


def elsewhere(browse: Browse) -> Browse:
    """A new device behind another address."""
    made = Browse(browse.app)
    made.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    return made


def test_a_lock_out_ends_by_itself_and_never_reaches_the_own_device(own: Browse) -> None:
    stranger = elsewhere(own)
    assert [sign_in(stranger, **WRONG).status for _ in range(12)] == [422] * 10 + [429] * 2
    assert sign_in(own).status == 303
    with time_machine.travel(now() + devices.WINDOW + timedelta(seconds=1)):
        assert sign_in(elsewhere(own)).status == 303, "on a new device it is a pause, no lock"


def test_who_has_the_password_cannot_lock_the_second_factor(own: Browse) -> None:
    thief = elsewhere(own)
    statuses = []
    for _ in range(7):
        sign_in(thief)
        statuses.append(thief.post("/sign-in/factor", {"code": "000000"}).status)
    assert statuses == [422] * 5 + [429] * 2
    sign_in(own)
    assert own.post("/sign-in/factor", {"code": code_for(SECRET)}).status == 303
    another = elsewhere(own)
    sign_in(another)
    assert another.post("/sign-in/factor", {"code": code_for(SECRET, 1)}).status == 429, "a new device of the thief is no way round"


def test_a_stranger_who_asks_for_links_does_not_keep_the_owner_from_asking(own: Browse) -> None:
    stranger = elsewhere(own)
    assert [stranger.post("/links/ask/sign-in", {"email": EMAIL}).status for _ in range(6)] == [303] * 5 + [429]
    assert own.post("/links/ask/sign-in", {"email": EMAIL}).status == 303


def test_a_link_makes_a_new_device_known(own: Browse) -> None:
    """Whoever is kept out by a stranger's tries gets in by mail."""
    stranger, new = elsewhere(own), elsewhere(own)
    for _ in range(11):
        sign_in(stranger, **WRONG)
    assert sign_in(new).status == 429
    accounts_now.issue_link(db.session.query(Account).one().id, LinkPurpose.SIGN_IN)
    new.get(links()[-1])
    assert new.post("/links/sign-in").status == 303
    new.post("/sign-out")
    assert sign_in(new).status == 303


def test_stuffing_is_stopped_for_the_network_it_comes_from(own: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    """One try with each of many addresses; right ones are not counted, and known devices and other networks do not wait."""
    monkeypatch.setattr(devices, "TRIES_OF_A_NETWORK", 8)
    stuffer = elsewhere(own)
    for number in range(3):
        sreymom(email=f"right-{number}@seamwise.example", name=f"Right {number}")
        assert sign_in(elsewhere(own), email=f"right-{number}@seamwise.example").status == 303
    statuses = [sign_in(stuffer, email=f"list-{number}@seamwise.example", **WRONG).status for number in range(10)]
    assert statuses == [422] * 8 + [429] * 2
    own.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert sign_in(own).status == 303
    assert sign_in(Browse(own.app), email="right-0@seamwise.example").status == 303


def test_guessed_links_never_keep_a_live_one_from_opening(browse: Browse) -> None:
    account = sreymom()
    for number in range(62):
        browse.get(f"/links/sign-in/guess-{number}")
        last = browse.get("/links/sign-in").status
    assert last == 429
    accounts_now.issue_link(account.id, LinkPurpose.SIGN_IN)
    browse.get(links()[-1])
    assert browse.post("/links/sign-in").status == 303


def test_tries_from_outside_do_not_keep_people_from_the_kiosk_of_their_room(browse: Browse) -> None:
    room = quizzes.room()
    token = cards.card(room.person, quizzes.PIN).token
    tablet = browse.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
    tablet.post(f"/sessions/{room.training.id}/kiosk")
    for _ in range(throttles.PINS_OF_A_PERSON + 2):
        last = elsewhere(browse).post(f"/card/{token}", {"pin": "0000"}).status
    assert last == 429
    assert tablet.post("/kiosk", {"person": str(room.person.id), "pin": quizzes.PIN}).status == 303


@pytest.mark.slow
def test_a_crowd_of_people_behind_one_address_within_a_minute(browse: Browse, app: Flask) -> None:
    """Each on a phone of their own, by factory number, every fourth mistypes first."""
    factory = factories.factory("KH-GOLD")
    people = [factories.person(factory).id for _ in range(CROWD)]
    accounts_now.set_pin(SYSTEM, people[0], quizzes.PIN)
    hashed = db.session.query(PersonPin).one().pin_hash
    db.session.add_all(PersonPin(person_id=each, pin_hash=hashed, set_at=now()) for each in people[1:])
    numbers = {row.person_id: row.employee_number for row in db.session.query(Employment)}
    began = now()
    for order, person_id in enumerate(people):
        phone, fields = Browse(app), {"factory": "KH-GOLD", "number": numbers[person_id], "pin": quizzes.PIN}
        with time_machine.travel(began + timedelta(seconds=0.3 * order)):
            if order % 4 == 0:
                assert phone.post("/enter", {**fields, "pin": "0000"}).status == 422
            assert phone.post("/enter", fields).status == 303, order


def test_people_with_an_account_behind_one_address(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    """More of them than the network may have wrong tries: what is right costs nothing."""
    monkeypatch.setattr(devices, "TRIES_OF_A_NETWORK", 3)
    sreymom()
    for _ in range(6):
        assert sign_in(Browse(browse.app), password=PASSWORD).status == 303
