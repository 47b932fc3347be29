"""People at the door as the one who calls the roll meets them."""

from secrets import token_hex

import pytest

from app.access.roles import Role
from app.attendance import queries as attendance
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.guests.rules import GuestState
from app.attendance.models import CurrentMark
from app.attendance.queries.live import version_of
from app.attendance.rules import Mark
from app.factories.rules import JobRole
from app.platform.db import db
from app.sessions import queries as sessions
from app.sessions.rules import SeatState, SiteKind
from tests.attendance.conftest import Hall
from tests.attendance.guests.conftest import Door
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make import attendance as make
from tests.make.statements import counted


@pytest.fixture
def trainer(hall: Hall, browse: Browse) -> Browse:
    return browse.as_account(hall.account)


def _door(hall: Hall) -> str:
    return f"/sessions/{hall.training.id}/meetings/1/walk-ins"


def _guests(hall: Hall) -> str:
    return f"/sessions/{hall.training.id}/guests"


def _unknown(hall: Hall, **values: object) -> dict[str, object]:
    said = {"name": "អ្នកណា", "number": "77", "factory": 0, "factory_name": "Golden Loom", "mark": "present"}
    return {**said, "site": hall.training.sites[0].id, "key": token_hex(16), "mark_id": token_hex(16), **values}


@pytest.mark.parametrize(
    ("words", "name", "local_name"),
    [
        ("chandara", "Chandara Meas", "មាស ចាន់ដារ៉ា"), ("ចាន់ដារ៉ា", "Chandara Meas", "មាស ចាន់ដារ៉ា"),
        ("nguyen thi", "Nguyễn Thị Hoa", None), ("ফাতেমা", "Fatema Begum", "ফাতেমা বেগম"), ("عائشة", "Aisha Khan", "عائشة خان"),
        ("0815", "Somebody Else", None), ("៨១៥", "Somebody Else", None),
    ],
)  # fmt: skip
def test_somebody_of_the_register_is_found_in_whatever_script_or_by_number(
    hall: Hall, trainer: Browse, words: str, name: str, local_name: str | None
) -> None:
    person = factories.person(name=name, local_name=local_name)
    factories.employ(person, hall.factory, JobRole.OPERATOR, number="0815")
    assert name in trainer.get(f"{_door(hall)}?q={words}").text


def test_found_seated_and_marked_in_one_tap(hall: Hall, trainer: Browse) -> None:
    person = factories.person(hall.factory, name="Chandara Meas")
    sent = {"person": person.id, "factory": hall.factory.id, "site": "", "mark": "late", "mark_id": token_hex(16)}
    for _ in range(2):
        reply = trainer.post(f"{_door(hall)}/people", sent)
        assert (reply.status, reply.location.endswith(f"#person-{person.id}")) == (303, True)
    seat = sessions.seat_of(hall.training.id, person.id)
    assert seat and (seat.state, seat.is_walk_in) == (SeatState.BOOKED, True)
    assert attendance.mark_of(hall.meetings[0].id, person.id) is Mark.LATE
    assert db.session.query(CurrentMark).count() == 1


def test_somebody_stands_at_the_site_of_the_own_factory_where_the_chosen_one_is_of_another(hall: Hall, trainer: Browse) -> None:
    other = make.site(hall.training, "Their room", SiteKind.FACTORY_ROOM, factory_id=factories.factory().id)
    person = factories.person(hall.factory)
    sent = {"person": person.id, "factory": hall.factory.id, "site": other.id, "mark": "present", "mark_id": token_hex(16)}
    trainer.post(f"{_door(hall)}/people", sent)
    seat = sessions.seat_of(hall.training.id, person.id)
    assert seat and seat.site_id == hall.training.sites[0].id


def test_short_words_find_nobody(hall: Hall, trainer: Browse) -> None:
    factories.person(hall.factory, name="Ab Cd")
    reply = trainer.get(f"{_door(hall)}?q=ab")
    assert "Ab Cd" not in reply.text
    assert "at least three letters" in reply.text


def test_people_of_other_programmes_are_neither_found_nor_seated(hall: Hall, trainer: Browse) -> None:
    far = factories.factory(programme=factories.programme("BD"))
    person = factories.person(far, name="Farida Khatun")
    assert "Farida" not in trainer.get(f"{_door(hall)}?q=farida").text
    sent = {"person": person.id, "factory": far.id, "site": "", "mark": "late", "mark_id": token_hex(16)}
    assert trainer.post(f"{_door(hall)}/people", sent).status == 404
    assert trainer.post(f"{_door(hall)}/people", {**sent, "factory": hall.factory.id}).status == 404


def test_who_is_not_found_is_taken_down_as_a_guest_and_stands_in_the_roll_call(hall: Hall, trainer: Browse) -> None:
    sent = _unknown(hall)
    for _ in range(2):
        assert trainer.post(_door(hall), sent).status == 303
    [guest] = db.session.query(Guest)
    assert (guest.name, guest.number, guest.factory_name, guest.site_id) == (
        "អ្នកណា", "77", "Golden Loom", hall.training.sites[0].id,
    )  # fmt: skip
    page = trainer.get(hall.address)
    assert "អ្នកណា" in page.text
    assert "1 guest" in page.text
    assert "1 person was there and is not found" in trainer.get(f"/sessions/{hall.training.id}").text


def test_what_is_missing_is_said_and_nothing_typed_is_lost(hall: Hall, trainer: Browse) -> None:
    reply = trainer.post(_door(hall), _unknown(hall, name=" "))
    assert (reply.status, "Write down who it is." in reply.text) == (422, True)
    assert "Golden Loom" in [each.get("value") for each in reply.all("input")]
    assert trainer.post(_door(hall), _unknown(hall, name="x" * 201)).status == 422
    assert trainer.post(_door(hall), _unknown(hall, factory=999_999)).status == 422
    assert db.session.query(Guest).count() == 0


def test_a_guest_is_marked_again_at_a_later_half_day(door: Door, trainer: Browse) -> None:
    address = f"/sessions/{door.hall.training.id}/meetings/2/guests/{door.guest.id}/marks"
    assert trainer.post(address, {"mark": "absent", "mark_id": token_hex(16)}).status == 303
    pressed = [
        each.get("value") for each in trainer.get(f"/sessions/{door.hall.training.id}/meetings/2/marks").all("button")
        if each.get("aria-pressed") == "true"
    ]  # fmt: skip
    assert pressed == ["absent"]
    assert trainer.post(address, {"mark": "nonsense", "mark_id": token_hex(16)}).status == 404
    assert trainer.post(address, {"mark": "late", "mark_id": "x"}).status == 409
    assert db.session.query(GuestMark).count() == 3


def test_the_guest_beside_who_it_may_be_with_the_marks_of_both(door: Door, trainer: Browse) -> None:
    factories.person(door.hall.factory, name="Nobody Alike")
    reply = trainer.get(f"{_guests(door.hall)}/{door.guest.id}")
    first = reply.all("article")[0]
    text = " ".join("".join(first.itertext()).split())
    for words in ("Sok Dara", "Same number", "Similar name", "No seat yet", "Half-day 2 Late", "Not marked"):
        assert words in text
    assert "Nobody Alike" not in reply.text
    assert "Nobody Alike" in trainer.get(f"{_guests(door.hall)}/{door.guest.id}?q=alike").text


def test_saying_who_it_is_and_moving_it(door: Door, trainer: Browse) -> None:
    address = f"{_guests(door.hall)}/{door.guest.id}"
    assert trainer.post(f"{address}/person", {"person": door.person.id, "seen": 0}).status == 303
    assert "Was taken for Sok Dara" in trainer.get(address).text
    stale = trainer.post(f"{address}/person", {"person": door.hall.person.id, "seen": 0})
    assert (stale.status, "meanwhile" in stale.text) == (409, True)
    assert trainer.post(f"{address}/aside", {"seen": 1}).status == 303
    assert trainer.post(f"{address}/reopening", {"seen": 2}).status == 303
    assert door.guest.state is GuestState.OPEN
    assert trainer.post(f"{address}/person", {"seen": 3}).status == 422


def test_the_staff_enters_somebody_into_the_register(door: Door, browse: Browse) -> None:
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=door.hall.programme))
    address = f"{_guests(door.hall)}/{door.guest.id}"
    assert "Enter into the register" in manager.get(address).text
    bad = manager.post(f"{address}/register", {"name": "", "number": "", "factory": door.hall.factory.id, "seen": 0})
    assert bad.status == 422
    sent = {"name": "Dara Sok", "number": "N-1", "factory": door.hall.factory.id, "seen": 0}
    assert manager.post(f"{address}/register", sent).status == 303
    assert door.guest.state is GuestState.FOUND


def test_a_trainer_is_told_who_adds_people(door: Door, trainer: Browse) -> None:
    address = f"{_guests(door.hall)}/{door.guest.id}"
    assert "Enter into the register" not in trainer.get(address).text
    assert trainer.post(f"{address}/register", {"name": "x", "number": "1", "factory": 1, "seen": 0}).status == 404


def test_pages_of_other_training_sessions_and_factories_are_not_there(door: Door, browse: Browse) -> None:
    other = Hall()
    stranger = browse.as_account(other.account)
    focal = Browse(browse.app).as_account(accounts.account(Role.FOCAL_POINT, factory=door.hall.factory))
    for address in (_guests(door.hall), f"{_guests(door.hall)}/{door.guest.id}", _door(door.hall)):
        assert stranger.get(address).status == 404
        assert focal.get(address).status in {403, 404}
    assert stranger.get(f"{_guests(other)}/{door.guest.id}").status == 404


def test_the_search_and_the_list_read_the_same_however_many_there_are(door: Door, trainer: Browse) -> None:
    def statements() -> tuple[int, int]:
        counts = []
        for address in (f"{_door(door.hall)}?q=dara", _guests(door.hall)):
            with counted() as made:
                trainer.get(address)
            counts.append(len(made))
        return counts[0], counts[1]

    before = statements()
    for number in range(12):
        factories.person(door.hall.factory, name=f"Dara {number}")
        trainer.post(_door(door.hall), _unknown(door.hall))
    assert statements() == before


def test_the_register_names_whom_nobody_has_found_and_leads_there(door: Door, trainer: Browse, browse: Browse) -> None:
    register = f"/sessions/{door.hall.training.id}/register"
    page = trainer.get(register)
    assert "1 person was there and is not found" in page.text and "Dara Sok" in page.text
    links = [each.get("href") for each in page.all("a")]
    assert {_guests(door.hall), f"{_guests(door.hall)}/{door.guest.id}"} <= set(links)
    focal = accounts.account(Role.FOCAL_POINT, factory=door.hall.factory)
    assert "Dara Sok" not in Browse(browse.app).as_account(focal).get(register).text
    door.resolve(door.person)
    assert "is not found" not in trainer.get(register).text


def test_the_history_of_the_wrong_person_says_that_it_was_taken_back(door: Door, trainer: Browse) -> None:
    wrong = door.hall.people[1]
    door.resolve(wrong)
    door.resolve(door.hall.people[2])
    page = trainer.get(f"{door.hall.address}/{wrong.id}")
    assert "A guest had been taken for this person by mistake." in page.text and "Replaced by: Taken back" in page.text
    assert "Absent" not in page.text.split("Change the mark")[0]
    assert "Taken back" in trainer.get(f"/sessions/{door.hall.training.id}/evidence.csv").text


def test_a_roll_call_that_is_open_elsewhere_is_loaded_anew_when_a_mark_is_taken_back(door: Door, trainer: Browse) -> None:
    door.resolve(door.hall.people[1])
    since = version_of(door.hall.meetings[0].id)
    door.resolve(door.hall.people[2])
    reply = trainer.get(f"{door.hall.address}/live?since={since}")
    assert reply.response.headers["HX-Refresh"] == "true"
