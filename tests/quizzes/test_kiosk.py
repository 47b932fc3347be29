"""A shared tablet: names, PIN, task, and back to the names; only staff end it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from app.access.roles import Role
from app.accounts import kiosks, operations
from app.accounts.models import SignIn
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db, transaction
from app.quizzes.models import Attempt
from app.sessions.models import Seat
from app.sessions.rules import SeatState
from tests.browse import Browse, Reply
from tests.counts import CROWD
from tests.make import accounts, cards, factories, quizzes, sessions, staff


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room()


@pytest.fixture
def tablet(browse: Browse, room: quizzes.Room) -> Browse:
    """A kiosk that a trainer has started."""
    return kiosk(browse, room, Role.TRAINER)


def kiosk(browse: Browse, room: quizzes.Room, role: Role) -> Browse:
    values = {"factory": room.factory} if role is Role.FOCAL_POINT else {"programme": room.training.programme}
    made = browse.as_account(accounts.account(role, **values))
    assert "kiosk" in made.get(f"/sessions/{room.training.id}/kiosk").text
    assert made.post(f"/sessions/{room.training.id}/kiosk").location == "/kiosk"
    return made


def sign_in(tablet: Browse, person_id: int, pin: str = quizzes.PIN) -> Reply:
    return tablet.post("/kiosk", {"person": str(person_id), "pin": pin})


def start(tablet: Browse) -> Reply:
    """The own page, after the notice that is shown once."""
    if tablet.get("/").status == 303:
        tablet.post("/notice")
    return tablet.get("/")


def live(person_id: int) -> list[SignIn]:
    return db.session.query(SignIn).filter_by(person_id=person_id, ended_at=None).all()


def test_starting_it_signs_the_staff_out_and_is_logged(browse: Browse, room: quizzes.Room) -> None:
    trainer = accounts.account(Role.TRAINER, programme=room.training.programme)
    tablet = browse.as_account(trainer)
    assert "Make this tablet a kiosk" in tablet.get(f"/sessions/{room.training.id}").text
    tablet.post(f"/sessions/{room.training.id}/kiosk")
    rows = {row.is_kiosk: row for row in db.session.query(SignIn).filter_by(account_id=trainer.id)}
    assert rows[False].ended_at is not None
    assert (rows[True].ended_at, rows[True].training_id) == (None, room.training.id)
    assert db.session.query(AuditEntry).filter_by(action="accounts.begin_kiosk", subject=f"training:{room.training.id}").count() == 1
    for address in ("/", "/sessions", f"/sessions/{room.training.id}", "/join", "/verify", "/account", "/factories"):
        assert tablet.get(address).location in {"/kiosk", "/sign-in?next=/account"}, address
    page = tablet.get("/kiosk")
    assert room.person.local_name in page.text
    assert trainer.name not in page.response.text


def test_the_kiosks_cookie_is_no_sign_in_of_the_staff(tablet: Browse, room: quizzes.Room) -> None:
    token = tablet.client.get_cookie("kiosk").value
    thief = Browse(tablet.app)
    with thief.client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    assert thief.get("/").location.startswith("/sign-in")
    forged = Browse(tablet.app)
    forged.client.set_cookie("kiosk", token[:-1] + ("A" if token[-1] != "A" else "B"))
    assert forged.get("/kiosk").location == "/join"


def test_each_task_ends_with_the_names(tablet: Browse, room: quizzes.Room) -> None:
    assert room.person.local_name in tablet.get(f"/kiosk?person={room.person.id}").text
    assert sign_in(tablet, room.person.id).location == "/"
    assert "/attempts" in start(tablet).response.text
    attempt = tablet.post("/attempts").location
    assert "idle-lock" in tablet.get(attempt).response.text
    attempt_id = db.session.query(Attempt).one().id
    last = tablet.post(f"/attempts/{attempt_id}/submission")
    assert (last.status, room.person.local_name in last.text) == (200, True)
    assert "Try again" not in last.text
    assert [link.get("href") for link in last.all("link") if link.get("rel") == "canonical"] == ["/kiosk"]
    assert live(room.person.id) == []
    assert tablet.get(f"/attempts/{attempt_id}").location == "/kiosk", "Back shows nothing of the one before"
    names = tablet.get("/kiosk")
    for result in ("%", "Passed", "Not yet", "points"):
        assert result not in names.text


def test_being_finished_and_coming_back_to_the_names_sign_out(tablet: Browse, room: quizzes.Room) -> None:
    sign_in(tablet, room.person.id)
    assert tablet.post("/handover").location == "/kiosk"
    assert live(room.person.id) == []
    sign_in(tablet, room.person.id)
    tablet.get("/kiosk")  # where a page without a script goes by itself
    assert tablet.get("/attempts").location == "/kiosk"


def test_nobody_touches_it(tablet: Browse, room: quizzes.Room) -> None:
    sign_in(tablet, room.person.id)
    page = start(tablet).response.text
    assert f'<noscript><meta http-equiv="refresh" content="{kiosks.IDLE_SECONDS};url=/kiosk"></noscript>' in page
    assert tablet.post("/kiosk/here").status == 204
    [row] = live(room.person.id)
    row.seen_at = now() - kiosks.LOCK + timedelta(seconds=5)
    assert tablet.get("/attempts").status == 200
    [row] = live(room.person.id)
    row.seen_at = now() - kiosks.LOCK
    assert tablet.get("/attempts").location == "/kiosk"
    assert tablet.post("/attempts").location == "/kiosk"
    assert 30 <= kiosks.IDLE_SECONDS <= kiosks.LOCK.total_seconds() <= 60


def test_each_request_keeps_the_sign_in_alive(own_app: Flask) -> None:
    """On a database of its own: what is seen is written in a transaction of its own."""
    with own_app.app_context(), transaction():
        room = quizzes.room()
        person, training = room.person.id, room.training.id
        token = operations.sign_in_person(person, quizzes.PIN, training_id=training, device="test", is_kiosk=True)
        db.session.flush()
        db.session.query(SignIn).one().seen_at = now() - kiosks.LOCK + timedelta(seconds=20)
    tablet = Browse(own_app)
    with tablet.client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    assert tablet.post("/kiosk/here").status == 204
    with own_app.app_context():
        assert now() - db.session.query(SignIn).one().seen_at < timedelta(seconds=15)


def test_phones_do_not_lock_and_have_no_names_of_a_kiosk(browse: Browse, room: quizzes.Room) -> None:
    phone = browse.as_person(room.person.id, room.training.id)
    assert "idle-lock" not in start(phone).response.text
    row = live(room.person.id)[0]
    row.seen_at = now() - timedelta(minutes=10)
    assert phone.get("/attempts").status == 200
    assert Browse(browse.app).get("/kiosk").location == "/join"


def test_leaving_needs_a_sign_in_of_the_staff(tablet: Browse, room: quizzes.Room) -> None:
    assert tablet.get("/kiosk/leaving").location == "/sign-in?next=/kiosk/leaving"
    assert tablet.post("/kiosk/leaving").status == 401
    sign_in(tablet, room.person.id)
    assert tablet.post("/kiosk/leaving").status == 404
    assert tablet.get("/kiosk/leaving").location.startswith("/sign-in")
    helper = accounts.account(Role.TRAINER, programme=room.training.programme)
    back = tablet.as_account(helper)
    back.client.set_cookie("kiosk", tablet.client.get_cookie("kiosk").value)
    assert back.get("/kiosk").location == "/kiosk/leaving"
    assert "End the kiosk" in back.get("/kiosk/leaving").text
    assert back.post("/kiosk/leaving").location == f"/sessions/{room.training.id}"
    assert back.client.get_cookie("kiosk") is None
    assert tablet.get("/kiosk").location == "/join", "the old cookie is worth nothing"
    assert db.session.query(AuditEntry).filter_by(action="accounts.end_kiosk").count() == 1


def test_leaving_asks_for_the_second_factor(app: Flask, tablet: Browse, room: quizzes.Room) -> None:
    with staff.required(app):
        trainer = tablet.as_account(accounts.account(Role.TRAINER, programme=room.training.programme))
        trainer.client.set_cookie("kiosk", tablet.client.get_cookie("kiosk").value)
        assert trainer.get("/kiosk/leaving").location == "/account/security?next=/kiosk/leaving"
        assert trainer.post("/kiosk/leaving").status == 401


def test_signing_out_everywhere_or_losing_the_account_ends_the_kiosk(tablet: Browse, room: quizzes.Room) -> None:
    row = db.session.query(SignIn).filter_by(is_kiosk=True).one()
    row.ended_at = now()
    assert tablet.get("/kiosk").location == "/join"
    row.ended_at, row.expires_at = None, now()
    assert tablet.get("/kiosk").location == "/join"


def test_a_factory_kiosk_has_the_names_of_its_own_people_only(browse: Browse, room: quizzes.Room) -> None:
    other = factories.factory()
    stranger = factories.person(other, name="Foreign Person")
    sessions.seat(room.training, other, stranger)
    tablet = kiosk(browse, room, Role.FOCAL_POINT)
    page = tablet.get("/kiosk").response.text
    assert room.person.name in page
    assert "Foreign Person" not in page
    assert sign_in(tablet, stranger.id).status == 404


def test_who_may_start_one(browse: Browse, room: quizzes.Room) -> None:
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=room.training.programme))
    foreign = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme("VN")))
    person = browse.as_person(room.person.id, room.training.id)
    for nobody in (advisor, foreign, person):
        assert nobody.post(f"/sessions/{room.training.id}/kiosk").status == 404
    assert browse.post(f"/sessions/{room.training.id}/kiosk").status == 401


def test_wrong_pins_on_a_kiosk_slow_one_person_only(tablet: Browse, room: quizzes.Room) -> None:
    other = room.another()
    assert [sign_in(tablet, room.person.id, "0000").status for _ in range(6)] == [422] * 5 + [429]
    assert sign_in(tablet, other.id).status == 303
    for bad in ({}, {"person": "x", "pin": "1"}, {"person": "999999", "pin": "4711"}):
        assert tablet.post("/kiosk", bad).status == 404


def test_a_card_works_on_a_kiosk_and_locks_like_a_name(tablet: Browse, room: quizzes.Room) -> None:
    token = cards.card(room.person).token
    assert tablet.get(f"/card/{token}").status == 200
    assert tablet.post(f"/card/{token}", {"pin": cards.PIN}).status == 303
    [row] = live(room.person.id)
    assert (row.is_kiosk, row.training_id) == (True, room.training.id)
    assert "idle-lock" in start(tablet).response.text


@pytest.mark.any_engine
@pytest.mark.slow
def test_a_crowd_of_people_at_one_tablet(tablet: Browse, room: quizzes.Room) -> None:
    people = [room.person.id, *(room.another().id for _ in range(CROWD - 1))]
    for number, person_id in enumerate(people):
        assert sign_in(tablet, person_id).status == 303, number
        assert tablet.post("/handover").status == 303


def test_a_fixed_number_of_statements_whatever_the_length(tablet: Browse, room: quizzes.Room) -> None:
    few = statements(tablet)
    for _ in range(20):
        room.another()
    assert statements(tablet) == few


def statements(tablet: Browse) -> int:
    counted: list[str] = []

    def note(*arguments: object) -> None:
        counted.append(str(arguments[2]))

    tablet.get("/kiosk")
    event.listen(db.engine, "before_cursor_execute", note)
    tablet.get("/kiosk")
    event.remove(db.engine, "before_cursor_execute", note)
    return len(counted)


def test_it_is_a_queue(tablet: Browse, room: quizzes.Room) -> None:
    """Who has not finished stands first; who has is folded away, without a score; the next person begins at once."""
    room.person.name = "Aaa First"
    following = room.another(name="Zzz Next")
    sign_in(tablet, room.person.id)
    start(tablet)
    tablet.post("/attempts")
    tablet.post(f"/attempts/{db.session.query(Attempt).filter_by(person_id=room.person.id).one().id}/submission")
    page = tablet.get("/kiosk")
    text = page.text
    assert text.index("Zzz Next") < text.index("1 person has finished") < text.index("Aaa First")
    folded = {link.get("href") for each in page.all("details") for link in each.iter("a")}
    assert folded == {f"/kiosk?person={room.person.id}"}
    assert "%" not in text and "Passed" not in text
    assert sign_in(tablet, following.id).location == "/"


def test_two_hundred_names_are_searched(tablet: Browse, room: quizzes.Room) -> None:
    assert 'name="q"' not in tablet.get("/kiosk").response.text, "a few names need no search"
    site = room.training.sites[0]
    for number in range(200):
        person = factories.person(room.factory, name=f"Worker {number:03}")
        db.session.add(Seat(training_id=room.training.id, factory_id=room.factory.id, person_id=person.id, site_id=site.id, modality="in_person", state=SeatState.BOOKED, requested_at=now()))
    db.session.flush()
    assert 'name="q"' in tablet.get("/kiosk").response.text
    page = tablet.get("/kiosk?q=WORKER 117")
    names = [link.get("href") for link in page.all("a") if "person=" in (link.get("href") or "")]
    assert (len(names), "Worker 117" in page.text) == (1, True)
    assert "Nobody has this name" in tablet.get("/kiosk?q=qqqq").text
