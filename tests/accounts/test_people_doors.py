"""The doors of people: a printed card, or factory code and number; the PIN opens both."""

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.accounts import operations as accounts
from app.accounts import throttles
from app.accounts.models import SignIn
from app.accounts.operations.cards import revoke_card
from app.factories.models import Employment, Factory, Person
from app.platform.clock import now
from app.platform.db import db
from tests.browse import Browse, Reply
from tests.counts import CROWD, IS_LONG
from tests.make import cards, factories, quizzes

LOCAL_DIGITS = ["០១២៣៤៥៦៧៨៩", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "০১২৩৪৫৬৭৮৯"]
WRONG_CARD = "This PIN is not right, or this card is not valid any more."
WRONG_NUMBER = "The factory code, the number or the PIN is not right."


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("KH-GOLD")


@pytest.fixture
def person(factory: Factory) -> Person:
    return factories.person(factory, language="en")


def show(phone: Browse, token: str, pin: str = cards.PIN) -> Reply:
    return phone.post(f"/card/{token}", {"pin": pin})


def start(phone: Browse) -> Reply:
    """The own page, after the notice that is shown once."""
    if phone.get("/").status == 303:
        phone.post("/notice")
    return phone.get("/")


def enter(phone: Browse, person: Person, pin: str = cards.PIN, factory: str = "KH-GOLD", number: str = "") -> Reply:
    number = number or db.session.query(Employment).filter_by(person_id=person.id).one().employee_number
    return phone.post("/enter", {"factory": factory, "number": number, "pin": pin})


def test_a_card_and_the_pin_lead_to_the_own_page(browse: Browse, person: Person) -> None:
    token = cards.card(person).token
    assert len(token) >= 26, "128 bits in base 32"
    page = browse.get(f"/card/{token}")
    for secret in (person.name, person.local_name, "KH-GOLD"):
        assert secret not in page.response.text, "nobody learns from a card that was found whose it is"
    assert show(browse, token).location == "/"
    page = start(browse)
    assert person.local_name in page.text


def test_the_page_of_a_card_is_the_same_for_a_forged_one(browse: Browse, person: Person) -> None:
    token = cards.card(person).token
    real, forged = browse.get(f"/card/{token}").response.text, browse.get(f"/card/{'a' * 32}").response.text
    assert real.replace(token, "") == forged.replace("a" * 32, "")


def test_revoked_forged_and_replayed_cards_say_one_sentence(browse: Browse, person: Person) -> None:
    old = cards.card(person).token
    revoke_card(SYSTEM, person.id)
    new = cards.card(person).token
    assert old != new
    for token, pin in ((old, cards.PIN), (new[:-1] + "!", cards.PIN), ("x" * 400, cards.PIN), (new.upper(), cards.PIN), (new, "0000")):
        reply = show(Browse(browse.app), token, pin)
        assert (reply.status, WRONG_CARD in reply.text) == (422, True), token
    assert db.session.query(SignIn).count() == 0
    assert show(browse, new).status == 303


def test_a_card_of_somebody_erased_opens_nothing_and_one_of_a_duplicate_opens_the_person(browse: Browse, factory: Factory) -> None:
    winner, loser, gone = (factories.person(factory) for _ in range(3))
    loser_card, gone_card = cards.card(loser).token, cards.card(gone).token
    accounts.set_pin(SYSTEM, winner.id, "9876")
    loser.merged_into_id, gone.erased_at = winner.id, now()
    assert show(browse, loser_card, "9876").location == "/"
    assert winner.local_name in start(browse).text
    assert show(Browse(browse.app), gone_card).status == 422


def test_factory_number_and_pin_in_any_digits_and_writing(browse: Browse, person: Person) -> None:
    cards.card(person)
    number = db.session.query(Employment).filter_by(person_id=person.id).one().employee_number
    assert "Your employee number" in browse.get("/enter").text
    for own in LOCAL_DIGITS:
        digits = str.maketrans("0123456789", own)
        written = f" {number[:1].lower()}-{number[1:].translate(digits)} "
        reply = enter(Browse(browse.app), person, cards.PIN.translate(digits), " kh-gold ", written)
        assert reply.location == "/", own


def test_any_wrong_part_is_the_same_sentence(browse: Browse, person: Person) -> None:
    cards.card(person)
    stranger = factories.person(factories.factory("KH-OTHER"))
    cards.card(stranger)
    left = factories.person(db.session.query(Factory).filter_by(code="KH-GOLD").one())
    cards.card(left)
    db.session.query(Employment).filter_by(person_id=left.id).one().ended_on = now().date()
    replies = [
        enter(Browse(browse.app), person, "0000"), enter(Browse(browse.app), person, factory="KH-NONE"),
        enter(Browse(browse.app), person, number="E99999"), enter(Browse(browse.app), stranger), enter(Browse(browse.app), left),
        enter(Browse(browse.app), person, number="%"), enter(Browse(browse.app), person, factory="%", number="' OR 1=1 --"),
    ]
    assert {reply.status for reply in replies} == {422}
    assert all(WRONG_NUMBER in reply.text for reply in replies)
    assert db.session.query(SignIn).count() == 0
    for missing in ({}, {"factory": "KH-GOLD"}, {"factory": "KH-GOLD", "number": "1", "pin": " "}):
        assert browse.post("/enter", missing).status == 422


def test_strangers_are_counted_as_people_are(browse: Browse, person: Person) -> None:
    token = cards.card(person).token
    for phone, door in ((Browse(browse.app), token), (Browse(browse.app), "b" * 32)):
        phone.get("/enter")
        assert [show(phone, door, "0000").status for _ in range(6)] == [422] * 5 + [429]
    for phone, number in ((Browse(browse.app), ""), (Browse(browse.app), "E99999")):
        phone.get("/enter")
        assert [enter(phone, person, "0000", number=number).status for _ in range(6)][-1] == 429


def test_wrong_tries_at_one_door_count_at_the_others(browse: Browse, app: Flask) -> None:
    room = quizzes.room()
    token = cards.card(room.person).token
    number = db.session.query(Employment).filter_by(person_id=room.person.id).one().employee_number
    for _ in range(2):
        assert show(browse, token, "0000").status == 422
        assert browse.post("/enter", {"factory": room.factory.code, "number": number, "pin": "0000"}).status == 422
    data = {"person": str(room.person.id), "pin": "0000"}
    assert browse.post(f"/join/{room.training.code}", data).status == 422
    assert browse.post(f"/join/{room.training.code}", data).status == 429
    assert show(browse, token).status == 429, "the right PIN does not help while this device waits"


@pytest.mark.any_engine
@pytest.mark.slow
def test_many_wrong_tries_slow_that_device_down_and_nobody_else(browse: Browse, person: Person) -> None:
    token, other = cards.card(person).token, factories.person()
    factories.employ(other, db.session.query(Factory).filter_by(code="KH-GOLD").one(), None, number="E77777")
    cards.card(other)
    own, attacker, colleague = (Browse(browse.app) for _ in range(3))
    assert show(own, token).status == 303
    statuses = [show(attacker, token, f"{number:04}").status for number in range(1_000 if IS_LONG else 60)]
    assert (statuses[:5], set(statuses[5:])) == ([422] * 5, {429})
    for _ in range(30):  # without a cookie each try is a new device
        show(Browse(browse.app), token, "0000")
    assert show(own, token).status == 303, "the person's own phone is never locked"
    assert enter(colleague, other).status == 303, "a colleague behind the same address does not notice"


@pytest.mark.any_engine
@pytest.mark.slow
def test_a_crowd_of_people_behind_one_address_all_get_in(browse: Browse, factory: Factory) -> None:
    phones = [Browse(browse.app) for _ in range(20)]
    people = [factories.person(factory) for _ in range(CROWD)]
    tokens = [cards.card(person).token for person in people]
    for number, (person, token) in enumerate(zip(people, tokens, strict=True)):
        phone = phones[number % len(phones)]
        if number % 4 == 0:
            assert show(phone, token, "0000").status == 422
        assert (show(phone, token) if number % 2 else enter(phone, person)).status == 303, number


@pytest.mark.any_engine
@pytest.mark.slow
def test_one_phone_lets_in_as_many_people_as_stand_there(browse: Browse, factory: Factory) -> None:
    browse.get("/enter")
    for number in range(throttles.DOORS_OF_A_DEVICE + 5):
        assert show(browse, cards.card(factories.person(factory)).token).status == 303, number
    wrong = [show(browse, f"{number:032}", "0000").status for number in range(throttles.DOORS_OF_A_DEVICE + 2)]
    assert (set(wrong[:-2]), wrong[-1]) == ({422}, 429), "what leads to nobody still counts"


def test_the_doors_are_refused_from_another_site(browse: Browse, person: Person) -> None:
    token = cards.card(person).token
    assert browse.post(f"/card/{token}", {"pin": cards.PIN}, headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert browse.post("/enter", {}, headers={"Sec-Fetch-Site": "cross-site"}).status == 403


def test_a_card_finds_the_quizzes_that_are_open_now(browse: Browse, app: Flask) -> None:
    room = quizzes.room()
    token = cards.card(room.person).token
    assert show(browse, token).status == 303
    assert f"/attempts/sessions/{room.training.id}" in start(browse).response.text
    assert browse.post("/attempts/sessions/999999").status == 404
    assert browse.post(f"/attempts/sessions/{room.training.id}").location == "/attempts"
    assert browse.get("/attempts").status == 200, "the notice was read at the start page"
    stranger = factories.person(room.factory)
    other = Browse(browse.app)
    assert show(other, cards.card(stranger).token).status == 303
    assert "/attempts/sessions/" not in start(other).response.text
    assert other.post(f"/attempts/sessions/{room.training.id}").status == 404


def test_a_new_pin_signs_out_and_spends_the_old_one(browse: Browse, person: Person) -> None:
    token = cards.card(person).token
    show(browse, token)
    pin = accounts.give_new_pin(SYSTEM, person.id)
    assert browse.get("/").status == 303
    assert show(Browse(browse.app), token).status == 422
    assert show(Browse(browse.app), token, pin).status == 303
