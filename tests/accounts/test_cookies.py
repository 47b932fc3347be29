"""The cookie of a sign-in: forged, signed with an older key, set beforehand, kept in a cache (TRAPS T3 to T6)."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from app.access.actor import SYSTEM
from app.accounts import operations
from app.boot import create_app
from app.platform.clock import now
from app.platform.db import db, transaction
from tests.browse import Browse
from tests.make import cards, factories, quizzes
from tests.make.staff import EMAIL, code_for, sign_in, sreymom

NEW_KEY = "another0123456789key-of-32-signs!"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def content(browse: Browse) -> dict[str, object]:
    with browse.client.session_transaction() as cookie:
        return dict(cookie)


def signed(key: str, words: dict[str, object]) -> str:
    """A cookie as Flask writes it, with any key."""
    other = Flask("other")
    other.secret_key = key
    return str(SecureCookieSessionInterface().get_signing_serializer(other).dumps(words))


@pytest.mark.parametrize("key", ["dev", "secret", " ", "development only, refused in production", NEW_KEY])
def test_a_cookie_with_a_known_key_is_worth_nothing(browse: Browse, key: str) -> None:
    """Not even with the token of a live sign-in."""
    sreymom()
    sign_in(browse)
    words = content(browse)
    thief = Browse(browse.app)
    for cookie in (signed(key, words), browse.client.get_cookie("seamwise").value[:-1], "", "{}"):
        thief.client.set_cookie("seamwise", cookie)
        assert thief.get("/sessions").location.startswith("/sign-in")
    thief.client.set_cookie("seamwise", signed(browse.app.secret_key, words))
    assert thief.get("/sessions").status == 200, "only with the key of the site"


@pytest.mark.slow
def test_after_a_change_of_the_key_everything_goes_on(own_app: Flask) -> None:
    """Cookies, PINs, recovery codes, known devices; what is new is signed with the newest key."""
    with own_app.app_context(), transaction():
        account = sreymom()
        account.totp_secret = SECRET
        person = factories.person(factories.factory())
        token = cards.card(person).token
    here = Browse(own_app)
    sign_in(here)
    here.post("/sign-in/factor", {"code": code_for(SECRET)})
    here.post("/account/confirm", {"password": "long enough to be safe"})
    codes = [words for element in here.post("/account/security/codes").all("bdi") if len(words := "".join(element.itertext())) == 11]
    assert len(codes) == 10
    usual = own_app.extensions["settings"]
    both = create_app(replace(usual, secret_key=NEW_KEY, old_secret_keys=(usual.secret_key,)))
    moved = here_on(both, here)
    assert moved.get("/sessions").status == 200
    fresh = Browse(both)
    sign_in(fresh)
    assert SecureCookieSessionInterface().get_signing_serializer(only(NEW_KEY)).loads(fresh.client.get_cookie("seamwise").value)
    assert fresh.post("/sign-in/factor", {"code": codes[0]}).status == 303
    assert [sign_in(Browse(both), password="x").status for _ in range(11)][-1] == 429
    assert sign_in(moved).status == 303, "it is still a known device"
    phone = Browse(both)
    assert phone.post(f"/card/{token}", {"pin": "0000"}).status == 422
    assert phone.post(f"/card/{token}", {"pin": cards.PIN}).status == 303
    later = create_app(replace(usual, secret_key=NEW_KEY))
    assert Browse(later).post(f"/card/{token}", {"pin": cards.PIN}).status == 303, "a PIN that was used needs the former key no more"
    assert here_on(later, here).get("/sessions").location.startswith("/sign-in")
    for app in (both, later):
        with app.app_context():
            db.engine.dispose()


def here_on(app: Flask, before: Browse) -> Browse:
    """The same device at another process."""
    there = Browse(app)
    for name in ("seamwise", "known-device"):
        there.client.set_cookie(name, before.client.get_cookie(name).value)
    return there


def only(key: str) -> Flask:
    made = Flask("only")
    made.secret_key = key
    return made


def test_a_cookie_that_was_set_beforehand_is_replaced(browse: Browse) -> None:
    """Whatever a stranger planted - a sign-in of his own, a link, a challenge - is gone after each way of signing in."""
    account = sreymom()
    stranger = sreymom(email="stranger@seamwise.example", name="Stranger")
    room = quizzes.room()
    token = cards.card(room.person, quizzes.PIN).token
    sent = {"person": str(room.person.id), "pin": quizzes.PIN}
    doors = {
        "/sign-in": {"email": EMAIL, "password": "long enough to be safe"}, f"/card/{token}": {"pin": quizzes.PIN},
        f"/join/{room.training.code}": sent,
    }
    for door, fields in doors.items():
        planted = browse.as_account(stranger)
        with planted.client.session_transaction() as cookie:
            cookie["link"], cookie["challenge"], cookie["confirmed"] = ["password", "x"], ["x", 9e9], 9e9
        before = content(planted)
        assert planted.post(door, fields).status == 303, door
        after = content(planted)
        assert before["_user_id"] != after["_user_id"], door
        assert not {"link", "challenge", "notice"} & set(after), door
        assert after.get("confirmed") != before["confirmed"]
        again = Browse(browse.app)
        with again.client.session_transaction() as cookie:
            cookie.update(before)
        assert again.get("/sessions").location.startswith("/sign-in"), "what was planted has ended, too"
    assert account.id != stranger.id


def test_no_cache_may_keep_a_page_or_mix_up_its_readers(browse: Browse) -> None:
    sreymom()
    person = factories.person(factories.factory())
    operations.set_pin(SYSTEM, person.id, "471147")
    sign_in(browse)
    for reader in (browse, browse.as_person(person.id), Browse(browse.app)):
        for address in ("/", "/sessions", "/account", "/notice", "/factories", "/sign-in", "/enter", "/nothing"):
            headers = reader.get(address).response.headers
            assert headers["Cache-Control"] == "no-store", address
            assert "Cookie" in headers["Vary"], address


@pytest.mark.parametrize(("minutes", "is_in"), [((29, 58), True), ((31,), False), ((*range(25, 720, 25), 721), False)])
def test_a_sign_in_of_staff_ends_after_half_an_hour_and_after_twelve_hours(own_app: Flask, minutes: tuple[int, ...], is_in: bool) -> None:
    """Idle; and however busy it was."""
    with own_app.app_context(), transaction():
        sreymom()
    desk = Browse(own_app)
    sign_in(desk)
    began = now()
    for minute in minutes:
        with time_machine.travel(began + timedelta(minutes=minute), tick=False):
            last = desk.get("/sessions").status
    assert last == (200 if is_in else 303)


def test_a_persons_sign_in_ends_after_four_hours(browse: Browse) -> None:
    room = quizzes.room()
    phone = Browse(browse.app)
    phone.post(f"/join/{room.training.code}", {"person": str(room.person.id), "pin": quizzes.PIN})
    for hours, is_in in ((3.9, True), (4.1, False)):
        with time_machine.travel(now() + timedelta(hours=hours), tick=False):
            assert (phone.post("/kiosk/here").status == 204) is is_in
