"""Checking in as people do it: the code, the sign-in, the button."""

from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer

from app.accounts.site import keys
from app.attendance.checkin.grace import COOKIE
from app.attendance.checkin.models import CheckIn, OldCode
from app.attendance.checkin.rules import Place, PlaceKind, Proof, Way, seal
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Evidence, Mark
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.sessions.rules import MeetingState, SeatState, SiteKind, TrainingState
from tests.attendance.checkin.conftest import Entrance, carry
from tests.browse import Browse
from tests.counts import CROWD
from tests.make import attendance, cards, factories, registers


def check_ins() -> list[CheckIn]:
    db.session.expire_all()
    return db.session.query(CheckIn).order_by(CheckIn.id).all()


def marks() -> list[tuple[int, Mark, Evidence]]:
    db.session.expire_all()
    return [(row.person_id, row.mark, row.evidence) for row in db.session.query(MarkEntry).order_by(MarkEntry.id)]


@pytest.fixture
def phone(hall: Entrance, browse: Browse) -> Browse:
    """Of the first person, who is signed in."""
    return browse.as_person(hall.person.id)


def test_a_good_code_leads_to_a_clean_address_and_marks_nobody(hall: Entrance, browse: Browse) -> None:
    reply = browse.get(f"/here/{hall.code()}")
    assert (reply.status, reply.location) == (303, "/here")
    [cookie] = [each for each in reply.response.headers.getlist("Set-Cookie") if each.startswith(f"{COOKIE}=")]
    assert "HttpOnly" in cookie and "Path=/here" in cookie and "SameSite=Lax" in cookie and "Max-Age=600" in cookie
    assert reply.response.headers["Referrer-Policy"] == "no-referrer"
    page = browse.get("/here")
    assert page.status == 200
    assert cookie.split("=", 1)[1].split(";")[0] not in page.response.text
    assert hall.person.name not in page.response.text
    assert not check_ins() and not marks()


def test_who_is_signed_in_presses_one_button_and_counts_once(hall: Entrance, phone: Browse) -> None:
    assert phone.get(f"/here/{hall.code()}").location == "/here"
    assert "I am here" in phone.get("/here").text
    assert not marks(), "opening the page marks nobody"
    for _ in range(3):
        assert phone.post("/here").location == "/here"
    assert marks() == [(hall.person.id, Mark.PRESENT, Evidence.SELF_CHECK_IN)]
    [said] = check_ins()
    assert (said.way, said.proof, said.outcome) == (Way.SCREEN, Proof.SIGNED_IN, None)
    page = phone.get("/here")
    assert "You are checked in." in page.text
    assert not [form for form in page.all("form") if form.get("action") == "/here"]
    assert db.session.query(AuditEntry).filter_by(action="attendance.check_in").count() == 1


def test_ninety_seconds_of_signing_in_still_count_once(hall: Entrance, browse: Browse) -> None:
    """The code is long over when the PIN is typed: what it was worth when it was scanned is kept."""
    card = hall.card(hall.person)
    carry(browse, hall.grace(seconds_ago=90))
    assert browse.get("/here").status == 200
    entered = browse.post(f"/card/{card.token}", {"pin": cards.PIN})
    assert (entered.status, entered.location) == (303, "/here")
    for _ in range(2):
        assert browse.post("/here").status == 303
    assert marks() == [(hall.person.id, Mark.PRESENT, Evidence.SELF_CHECK_IN)]


def test_the_door_of_numbers_leads_back_too(hall: Entrance, browse: Browse) -> None:
    hall.card(hall.person)
    browse.get(f"/here/{hall.code()}")
    assert "/enter" in [link.get("href") for link in browse.get("/here").all("a")]
    sent = {"factory": hall.factory.code, "number": hall.number(hall.person), "pin": cards.PIN}
    assert browse.post("/enter", sent).location == "/here"
    assert browse.post("/here").status == 303
    assert len(marks()) == 1


def test_signing_in_makes_nobody_late(hall: Entrance, phone: Browse) -> None:
    hall.meetings[0].starts_at = now() - timedelta(minutes=17)
    carry(phone, hall.grace(seconds_ago=180)).post("/here")
    assert [mark for _person, mark, _evidence in marks()] == [Mark.PRESENT]
    second = Browse(phone.app).as_person(hall.people[1].id)
    carry(second, hall.grace()).post("/here")
    assert [mark for _person, mark, _evidence in marks()][1:] == [Mark.LATE]


def test_a_forwarded_code_is_refused_when_it_is_over_and_the_phone_is_flagged(hall: Entrance, browse: Browse) -> None:
    """TRAPS T36."""
    phone, code = browse.as_person(hall.person.id), hall.code(slots_ago=2)
    for _ in range(2):
        reply = phone.get(f"/here/{code}")
        assert reply.status == 410
        assert "Scan the one that is on the screen now." in reply.text
    assert phone.client.get_cookie(COOKIE, path="/here") is None
    assert phone.post("/here").status == 410
    assert not check_ins() and not marks()
    assert db.session.query(OldCode).count() == 1
    trainer = browse.as_account(hall.account)
    assert "1 phone came with a code that was over." in trainer.get(f"{hall.here}/check-ins").text
    phone.get(f"/here/{hall.code()}")
    phone.post("/here")
    assert "Came with an old code first" in trainer.get(f"{hall.here}/check-ins").text


def test_the_code_before_is_good_until_the_next_one_goes(hall: Entrance, browse: Browse) -> None:
    assert browse.get(f"/here/{hall.code(slots_ago=1)}").status in {303, 410}, "410 only when the half minute just ended"
    assert browse.get(f"/here/{hall.code(slots_ago=-3)}").status == 410, "and none before its time"


@pytest.mark.parametrize("code", ["x", "a" * 37, "%00", "é", "number", "a" * 5000])
def test_what_is_no_code_leads_nowhere(hall: Entrance, browse: Browse, code: str) -> None:
    assert browse.get(f"/here/{code}").status == (404 if code == "%00" else 410)


def test_the_short_code_is_typed(hall: Entrance, phone: Browse) -> None:
    typed = hall.typed()
    assert phone.post("/here/code", {"code": f" {typed[:4].lower()}-{typed[4:]} "}).location == "/here"
    assert phone.post("/here").status == 303
    assert len(marks()) == 1
    for wrong in (hall.typed(slots_ago=2), "34679ACD", "", "é", "x" * 79):
        assert phone.post("/here/code", {"code": wrong}).status == 422


def test_a_phone_that_guesses_codes_is_stopped_and_others_are_not(hall: Entrance, browse: Browse) -> None:
    browse.get(f"/here/{hall.code()}")  # the phone has its cookie
    statuses = [browse.post("/here/code", {"code": f"34679AC{sign}"}).status for sign in "34679ACDEFGHJKMNPRTUWX" * 3]
    assert statuses[0] == 422 and statuses[-1] == 429
    assert browse.get(f"/here/{hall.code()}").status == 303, "a good code is never counted"
    assert Browse(browse.app).post("/here/code", {"code": hall.typed()}).status == 303


def _altered(words: str, at: int) -> str:
    """With another sign at one place."""
    signs = list(words)
    signs[at] = "A" if signs[at] != "A" else "B"
    return "".join(signs)


SPOILT = {
    "altered": lambda hall: _altered(hall.grace(), 2),
    "with another signature": lambda hall: _altered(hall.grace(), -10),
    "too old": lambda hall: hall.grace(seconds_ago=601),
    "of the future": lambda hall: hall.grace(seconds_ago=-5),
    "for another purpose": lambda hall: URLSafeSerializer(list(keys()), salt="device").dumps([hall.meetings[0].id, hall.site, "screen", int(now().timestamp())]),
    "of a foreign key": lambda hall: URLSafeSerializer("x" * 40, salt="check-in").dumps([hall.meetings[0].id, hall.site, "screen", int(now().timestamp())]),
    "of another shape": lambda hall: URLSafeSerializer(list(keys()), salt="check-in").dumps({"meeting": 1}),
    "of another half-day's site": lambda hall: URLSafeSerializer(list(keys()), salt="check-in").dumps([hall.meetings[0].id, hall.site + 1000, "screen", int(now().timestamp())]),
    "nothing": lambda hall: "",
}


@pytest.mark.parametrize("how", SPOILT)
def test_grace_that_is_not_ours_or_is_over_opens_nothing(hall: Entrance, phone: Browse, how: str) -> None:
    """TRAPS T43."""
    carry(phone, SPOILT[how](hall))
    assert "I am here" not in phone.get("/here").text
    assert phone.post("/here").status in {404, 409, 410}
    assert phone.post("/here/number", {"number": hall.number(hall.person)}).status in {404, 410}
    assert not check_ins() and not marks()


def test_grace_lasts_ten_minutes(hall: Entrance, phone: Browse) -> None:
    carry(phone, hall.grace(seconds_ago=595))
    assert phone.post("/here").status == 303
    assert len(marks()) == 1


def test_a_number_alone_waits_for_the_trainer(hall: Entrance, browse: Browse) -> None:
    browse.get(f"/here/{hall.code()}")
    page = browse.get("/here")
    assert not [field for field in page.all("input") if field.get("name") == "factory"], "one factory sends everybody"
    for _ in range(2):
        assert browse.post("/here/number", {"number": f" {hall.number(hall.person).lower()} "}).location == "/here"
    assert "is noted. Your trainer confirms it." in browse.get("/here").text
    [said] = check_ins()
    assert (said.person_id, said.proof, said.mark_id) == (hall.person.id, Proof.NUMBER, None)
    assert not marks()


def test_a_number_needs_its_factory_where_several_send_people(hall: Entrance, browse: Browse) -> None:
    other = factories.factory()
    [stranger] = attendance.people(hall.training, 1, other)
    browse.get(f"/here/{hall.code()}")
    number = hall.number(stranger)
    assert browse.post("/here/number", {"number": number}).status == 422
    assert browse.post("/here/number", {"number": number, "factory": hall.factory.code}).status == 422
    assert browse.post("/here/number", {"number": number, "factory": other.code.lower()}).status == 303
    assert [said.person_id for said in check_ins()] == [stranger.id]


def test_a_factory_room_says_the_factory(hall: Entrance, browse: Browse) -> None:
    other = factories.factory()
    room = attendance.site(hall.training, "Sewing hall", SiteKind.FACTORY_ROOM, factory_id=other.id)
    [own] = attendance.people(hall.training, 1, other, at=room)
    place = hall.place()
    browse.get(f"/here/{seal(Place(place.kind, place.thing_id, room.id, place.slot), keys()[0])}")
    assert browse.post("/here/number", {"number": hall.number(hall.person)}).status == 422
    assert browse.post("/here/number", {"number": hall.number(own)}).status == 303


@pytest.mark.parametrize("number", ["", "0", "E99999", "x" * 41, "%", "é\x1f"])
def test_a_number_that_nobody_has_here_is_refused(hall: Entrance, browse: Browse, number: str) -> None:
    browse.get(f"/here/{hall.code()}")
    assert browse.post("/here/number", {"number": number}).status == 422
    assert not check_ins()


def test_who_gave_a_number_first_and_signs_in_then_counts(hall: Entrance, phone: Browse) -> None:
    carry(phone, hall.grace())
    phone.post("/here/number", {"number": hall.number(hall.person)})
    assert not marks()
    assert phone.post("/here").status == 303
    assert len(marks()) == 1
    assert [said.proof for said in check_ins()] == [Proof.SIGNED_IN]


def test_the_code_of_the_room_waits_for_the_trainer(hall: Entrance, phone: Browse) -> None:
    assert phone.get(f"/here/{hall.paper()}").location == "/here"
    assert phone.post("/here").status == 303
    assert "You are noted. Your trainer confirms it." in phone.get("/here").text
    [said] = check_ins()
    assert (said.way, said.proof, said.mark_id) == (Way.PAPER, Proof.SIGNED_IN, None)
    assert not marks()


def test_who_came_by_the_code_of_the_room_and_scans_the_screen_then_counts(hall: Entrance, phone: Browse) -> None:
    carry(phone, hall.grace(way=Way.PAPER)).post("/here")
    assert not marks()
    for _ in range(2):
        carry(phone, hall.grace()).post("/here")
    assert len(marks()) == 1
    [said] = check_ins()
    assert said.way is Way.SCREEN and said.mark_id
    carry(phone, hall.grace(way=Way.PAPER)).post("/here")
    assert [said.way for said in check_ins()] == [Way.SCREEN]


def test_the_code_of_a_room_of_the_register_leads_to_what_is_held_there(hall: Entrance, phone: Browse) -> None:
    room = registers.room(programme=hall.programme)
    code = seal(Place(PlaceKind.ROOM, room.id), keys()[0])
    assert phone.get(f"/here/{code}").status == 409, "nothing is held there"
    hall.training.sites[0].room_id = room.id
    assert phone.get(f"/here/{code}").location == "/here"
    phone.post("/here")
    assert [said.meeting_id for said in check_ins()] == [hall.meetings[0].id], "the half-day that runs"


@pytest.mark.parametrize("hours", [-3, 4.5])
def test_a_room_is_open_while_a_half_day_is(hall: Entrance, phone: Browse, hours: float) -> None:
    for meeting in hall.meetings:
        meeting.starts_at, meeting.ends_at = now() - timedelta(hours=hours), now() - timedelta(hours=hours - 3)
    for code in (hall.paper(), hall.code()):
        reply = phone.get(f"/here/{code}")
        assert reply.status == 409
        assert "Ask your trainer." in reply.text


@pytest.mark.parametrize("state", [TrainingState.TENTATIVE, TrainingState.CANCELLED, TrainingState.CLOSED])
def test_nothing_is_open_in_a_training_that_is_not_held(hall: Entrance, phone: Browse, state: TrainingState) -> None:
    carry(phone, hall.grace())
    hall.training.state = state
    assert phone.get(f"/here/{hall.code()}").status == 409
    assert phone.post("/here").status == 409
    assert not marks()


def test_a_half_day_that_is_cancelled_in_between_takes_nobody(hall: Entrance, phone: Browse) -> None:
    carry(phone, hall.grace())
    hall.meetings[0].state = MeetingState.CANCELLED
    assert phone.post("/here").status == 409
    assert phone.post("/here/number", {"number": hall.number(hall.person)}).status == 404
    assert not check_ins()


def test_who_has_no_seat_is_sent_to_the_trainer(hall: Entrance, browse: Browse) -> None:
    stranger = factories.person(hall.factory, language="en")
    phone = carry(browse.as_person(stranger.id), hall.grace())
    page = phone.get("/here")
    assert "You have no booked seat in this training." in page.text and "I am here" not in page.text.split("Check in somebody else")[0]
    assert phone.post("/here").status == 409
    seat = attendance.seat(hall.training, stranger, hall.factory, state=SeatState.WAIT_LISTED)
    assert seat.id and phone.post("/here").status == 409
    assert not check_ins()


def test_nobody_and_staff_press_no_button(hall: Entrance, browse: Browse) -> None:
    for who in (browse, browse.as_account(hall.account)):
        carry(who, hall.grace())
        assert who.post("/here").location == "/here"
    assert not check_ins() and not marks()


def test_who_was_seen_already_makes_no_new_mark_and_no_dispute(hall: Entrance, browse: Browse, phone: Browse) -> None:
    browse.as_account(hall.account).post(f"{hall.address}/{hall.person.id}", {"mark": "present"})
    hall.meetings[0].starts_at = now() - timedelta(hours=1)
    carry(phone, hall.grace()).post("/here")
    assert [evidence for _person, _mark, evidence in marks()] == [Evidence.ROLL_CALL]
    assert "Your trainer has confirmed it." in phone.get("/here").text


def test_who_was_marked_absent_and_checks_in_is_disputed(hall: Entrance, browse: Browse, phone: Browse) -> None:
    browse.as_account(hall.account).post(f"{hall.address}/{hall.person.id}", {"mark": "absent"})
    carry(phone, hall.grace()).post("/here")
    [row] = db.session.query(CurrentMark).all()
    assert (row.mark, row.is_disputed) == (Mark.ABSENT, True)


@pytest.mark.any_engine
@pytest.mark.slow
def test_a_crowd_of_phones_behind_one_address(app: Flask) -> None:
    """TRAPS T40: no limit is that of an address."""
    hall = Entrance(people=CROWD)
    numbers, code = {person.id: hall.number(person) for person in hall.people}, None
    for person in hall.people:
        phone = Browse(app)
        code = hall.code()
        assert phone.get(f"/here/{code}").status == 303
        assert phone.post("/here/number", {"number": numbers[person.id]}).status == 303
    assert len(check_ins()) == CROWD


@pytest.mark.any_engine
@pytest.mark.slow
def test_a_crowd_of_phones_behind_one_address_mistype_as_people_do(app: Flask) -> None:
    hall = Entrance(people=CROWD)
    numbers = {person.id: hall.number(person) for person in hall.people}
    for place, person in enumerate(hall.people):
        phone = carry(Browse(app), hall.grace())
        if place % 4 == 0:
            assert phone.post("/here/number", {"number": f"no-{place}"}).status == 422
        assert phone.post("/here/number", {"number": numbers[person.id]}).status == 303
    assert len(check_ins()) == CROWD


@pytest.mark.any_engine
@pytest.mark.slow
def test_numbers_are_not_tried_in_a_row_by_browsers_that_keep_no_cookie(app: Flask) -> None:
    """TRAPS: whoever has a fresh code would learn who works here."""
    hall = Entrance(people=CROWD)
    tried = count(1)

    def attack(tries: int, words: str, address: str = "198.51.100.7") -> int:
        """How many wrong numbers got an answer."""
        answers = [
            carry(Browse(app), words).post("/here/number", {"number": f"no-{next(tried)}"}, environ_base={"REMOTE_ADDR": address}).status
            for _ in range(tries)
        ]
        assert set(answers) <= {422, 429}
        return answers.count(422)

    first, second, third, fourth, fifth, sixth = (hall.grace(seconds_ago=40 * ago) for ago in range(6, 0, -1))
    assert attack(70, first) == 60, "one code"
    for person in hall.people:
        phone = Browse(app)
        assert phone.get(f"/here/{hall.code()}").status == 303
        assert phone.post("/here/number", {"number": hall.number(person)}, environ_base={"REMOTE_ADDR": "198.51.100.7"}).status == 303
    assert len(check_ins()) == CROWD, "everybody else, from the same address, by the next code"
    assert attack(70, second) + attack(20, third) == 60, "one address"
    assert attack(70, fourth, "198.51.100.8") == 60
    assert attack(40, fifth, "198.51.100.8") == 20, "one half-day"
    assert attack(3, sixth, "198.51.100.9") == 0
    signed_in = carry(Browse(app).as_person(hall.person.id), hall.grace())
    assert signed_in.post("/here").status == 303, "whoever signs in still can"


def test_a_shared_phone_checks_in_several_people_and_is_flagged(hall: Entrance, browse: Browse) -> None:
    browse.get(f"/here/{hall.code()}")
    for person in hall.people:
        assert browse.post("/here/number", {"number": hall.number(person)}).status == 303
    assert len(check_ins()) == 3
    page = browse.as_account(hall.account).get(f"{hall.here}/check-ins")
    assert page.text.count("Several from one phone") == 3


def test_a_shared_phone_serves_a_line_of_people_but_not_endless_tries(app: Flask) -> None:
    hall = Entrance(people=45)
    phone = Browse(app)
    phone.get(f"/here/{hall.code()}")
    assert {phone.post("/here/number", {"number": hall.number(person)}).status for person in hall.people} == {303}
    statuses = [phone.post("/here/number", {"number": f"no-{number}"}).status for number in range(41)]
    assert statuses[0] == 422 and statuses[-1] == 429
