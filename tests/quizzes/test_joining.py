"""Joining with the code on the wall, the own name and a PIN."""

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts import throttles
from app.accounts.models import SignIn
from app.accounts.operations import give_new_pin
from app.platform.db import db
from app.quizzes import operations
from app.sessions import operations as planning
from app.sessions.rules import SeatState
from tests.browse import Browse, Reply, fill
from tests.counts import CROWD
from tests.make import accounts, factories, quizzes, sessions

KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture
def room(app: Flask) -> quizzes.Room:
    return quizzes.room()


def sign_in(phone: Browse, room: quizzes.Room, pin: str = quizzes.PIN, person_id: int | None = None, **options: object) -> Reply:
    data = {"person": str(person_id or room.person.id), "pin": pin}
    return phone.post(f"/join/{room.training.code}", data, **options)


def begin(phone: Browse) -> Reply:
    """The page from which the quiz begins, after the notice that is shown once and leads on to it."""
    asked = phone.get("/attempts")
    if asked.status == 303:
        assert phone.post(*fill(phone.get(asked.location), "/notice")).location == "/attempts"
    return phone.get("/attempts")


def test_the_whole_way_in(browse: Browse, room: quizzes.Room) -> None:
    assert "Code of your training" in browse.get("/join").text
    reply = browse.get("/join", query_string={"code": f" {room.training.code.lower()} "})
    assert reply.location == f"/join/{room.training.code}"
    reply = browse.get(reply.location)
    assert room.person.name in reply.text
    assert room.person.local_name in reply.text
    reply = browse.get(f"/join/{room.training.code}?person={room.person.id}")
    assert room.person.local_name in reply.text
    assert sign_in(browse, room).location == "/attempts"
    assert begin(browse).status == 200


@pytest.mark.parametrize("digits", [KHMER_DIGITS, ARABIC_DIGITS])
def test_local_digits_and_small_letters_are_understood(browse: Browse, app: Flask, digits: dict[int, int]) -> None:
    room = quizzes.room()
    room.training.code = "AC3467"
    reply = browse.get("/join", query_string={"code": "ac-" + "3467".translate(digits)})
    assert reply.location == "/join/AC3467"
    assert browse.get("/join/ac" + "3467".translate(digits)).status == 200
    assert sign_in(browse, room, " " + quizzes.PIN.translate(digits)).status == 303


def test_the_list_holds_names_of_booked_people_and_nothing_else(browse: Browse, room: quizzes.Room) -> None:
    waiting = factories.person(room.factory, name="Waiting Person", phone="+855 12 345 678", email="w@example.org")
    sessions.seat(room.training, room.factory, waiting, state=SeatState.WAIT_LISTED)
    room.another(name="Chan Thida", phone="+855 98 765 432", email="t@example.org")
    reply = browse.get(f"/join/{room.training.code}")
    assert "Chan Thida" in reply.text
    for secret in ("Waiting Person", "98 765", "t@example.org", room.factory.name, "E00", "supervisor"):
        assert secret not in reply.response.text


def test_wrong_codes_closed_windows_and_strangers_are_clear_sentences(browse: Browse, room: quizzes.Room) -> None:
    for code in ("XXXXXX", "%3Cscript%3E", "០០", "a" * 300):
        reply = browse.get(f"/join/{code}")
        assert (reply.status, "There is no training with this code." in reply.text) == (404, True)
    assert browse.get("/join", query_string={"code": "--"}).status == 422
    stranger = factories.person(room.factory)
    for reply in (
        browse.get(f"/join/{room.training.code}?person={stranger.id}"), browse.get(f"/join/{room.training.code}?person=x"),
        sign_in(browse, room, person_id=stranger.id), browse.post(f"/join/{room.training.code}", {}),
    ):
        assert (reply.status, "This name is not in the list." in reply.text) == (404, True)
    operations.close_window(SYSTEM, room.training.id, room.unit_id)
    for reply in (browse.get(f"/join/{room.training.code}"), sign_in(browse, room)):
        assert (reply.status, "The quiz is not open now." in reply.text) == (409, True)
        assert room.person.name not in reply.response.text
    planning.cancel(SYSTEM, room.training.id, "Power cut")
    for reply in (browse.get(f"/join/{room.training.code}"), sign_in(browse, room)):
        assert (reply.status, "This training was cancelled." in reply.text) == (409, True)
    assert db.session.query(SignIn).count() == 0


@pytest.mark.parametrize("person", ["0" * 5000, "0" * 12 + "9" * 20, "9" * 10, "-1", "١"])
def test_numbers_that_no_row_can_have_are_nobody(browse: Browse, room: quizzes.Room, person: str) -> None:
    assert browse.get(f"/join/{room.training.code}?person={person}").status == 404
    assert browse.post(f"/join/{room.training.code}", {"person": person, "pin": "1234"}).status == 404


def test_a_wrong_pin_is_told_and_the_sixth_waits(browse: Browse, room: quizzes.Room) -> None:
    browse.get(f"/join/{room.training.code}")
    for pin in ("1111", "", "4712", "x", " ", "47 12"):
        reply = sign_in(browse, room, pin)
        assert reply.status == 422
        assert quizzes.PIN not in reply.response.text
    assert sign_in(browse, room).status == 303, "four tries were wrong, the fifth is right"
    statuses = [sign_in(browse, room, "1111").status for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert sign_in(browse, room).status == 429, "the right PIN does not help while this device waits"
    other = room.another()
    assert sign_in(browse, room, person_id=other.id).status == 303, "nobody else waits"


def test_tries_from_many_devices_slow_down_new_devices_only(browse: Browse, room: quizzes.Room) -> None:
    own = Browse(browse.app)
    own.get(f"/join/{room.training.code}")
    assert sign_in(own, room).status == 303
    statuses = [sign_in(Browse(browse.app), room, "0000").status for _ in range(throttles.PINS_OF_A_PERSON + 1)]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {422}
    assert sign_in(own, room).status == 303, "the person's own phone is never locked"


@pytest.mark.any_engine
@pytest.mark.slow
def test_a_crowd_of_people_behind_one_address_all_get_in(browse: Browse, room: quizzes.Room) -> None:
    people = [room.person.id, *(room.another().id for _ in range(CROWD - 1))]
    phones = [Browse(browse.app) for _ in range(20)]
    assert {phone.get(f"/join/{room.training.code}").status for phone in phones} == {200}
    for number, person_id in enumerate(people):
        phone = phones[number % len(phones)]
        if number % 5 == 0:
            assert sign_in(phone, room, "0000", person_id).status == 422
        assert sign_in(phone, room, person_id=person_id).status == 303, number


def test_guessing_codes_is_throttled_on_the_device(browse: Browse, room: quizzes.Room) -> None:
    statuses = [browse.get(f"/join/XXXX{number:02}").status for number in range(throttles.DOORS_OF_A_DEVICE + 2)]
    assert set(statuses[:-2]) == {404}
    assert statuses[-1] == 429
    assert Browse(browse.app).get(f"/join/{room.training.code}").status == 200


def test_a_shared_phone_forgets_the_one_before(browse: Browse, room: quizzes.Room) -> None:
    other = room.another()
    browse.get(f"/join/{room.training.code}")
    sign_in(browse, room)
    sign_in(browse, room, person_id=other.id)
    ends = {row.person_id: row.ended_at for row in db.session.query(SignIn)}
    assert ends[room.person.id] is not None
    assert ends[other.id] is None
    assert other.local_name in begin(browse).text


def test_a_trainers_tablet_in_other_hands_is_no_trainers_any_more(browse: Browse, room: quizzes.Room) -> None:
    trainer = accounts.account(Role.TRAINER, programme=room.training.programme)
    tablet = browse.as_account(trainer)
    assert tablet.get(f"/sessions/{room.training.id}").status == 200
    assert sign_in(tablet, room).status == 303
    assert tablet.get(f"/sessions/{room.training.id}").status == 404
    assert db.session.query(SignIn).filter_by(account_id=trainer.id).one().ended_at is not None


def test_joining_from_another_site_is_refused(browse: Browse, room: quizzes.Room) -> None:
    assert sign_in(browse, room, headers={"Sec-Fetch-Site": "cross-site"}).status == 403


def test_a_phone_that_goes_from_hand_to_hand_is_not_counted_out(browse: Browse, room: quizzes.Room) -> None:
    for _ in range(throttles.DOORS_OF_A_DEVICE // 2 + 3):
        assert browse.get(f"/join/{room.training.code}").status == 200
        assert sign_in(browse, room).status == 303


def test_a_new_pin_ends_what_was_begun_with_the_old_one(browse: Browse, room: quizzes.Room) -> None:
    sign_in(browse, room)
    give_new_pin(SYSTEM, room.person.id)
    assert [row.ended_at is not None for row in db.session.query(SignIn).filter_by(person_id=room.person.id)] == [True]
