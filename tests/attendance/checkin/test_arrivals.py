"""The trainer settles who is here."""

from datetime import timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.attendance import operations as attendance_verbs
from app.attendance import queries
from app.attendance.checkin import queries as checkin
from app.attendance.checkin.models import CheckIn
from app.attendance.checkin.rules import Outcome, Way
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Evidence, Mark
from app.platform.audit.models import AuditEntry
from app.platform.clock import now, telling
from app.platform.db import db
from app.sessions.rules import SeatState, SiteKind
from tests.attendance.checkin.conftest import Entrance, carry
from tests.browse import Browse, fill
from tests.make import accounts, attendance, factories
from tests.make.statements import counted


def counting(hall: Entrance) -> dict[int, tuple[Mark, Evidence, bool]]:
    db.session.expire_all()
    return {row.person_id: (row.mark, row.evidence, row.is_disputed) for row in db.session.query(CurrentMark).filter_by(meeting_id=hall.meetings[0].id)}


def outcomes() -> list[Outcome | None]:
    db.session.expire_all()
    return [row.outcome for row in db.session.query(CheckIn).order_by(CheckIn.id)]


def ids() -> list[int]:
    return [row.id for row in db.session.query(CheckIn).order_by(CheckIn.id)]


@pytest.fixture
def trainer(hall: Entrance, browse: Browse) -> Browse:
    return browse.as_account(hall.account)


@pytest.fixture
def list_of(hall: Entrance) -> str:
    return f"{hall.here}/check-ins"


def come(hall: Entrance, app: Flask, number: int = 3) -> None:
    """The first by the screen and signed in, the others by number."""
    carry(Browse(app).as_person(hall.people[0].id), hall.grace()).post("/here")
    for person in hall.people[1:number]:
        carry(Browse(app), hall.grace()).post("/here/number", {"number": hall.number(person)})


def test_all_that_were_in_view_are_confirmed_as_roll_call(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    come(hall, app)
    page = trainer.get(list_of)
    for words in (hall.person.name, "Code on the screen, signed in", "Code on the screen, number only", "All 3 are here"):
        assert words in page.text
    assert set(counting(hall)) == {hall.person.id}, "numbers count for nothing yet"
    address, sent = fill(page, "check-ins/confirmation")
    later = attendance.people(hall.training, 1, hall.factory)[0]
    carry(Browse(app), hall.grace()).post("/here/number", {"number": hall.number(later)})
    for _ in range(2):
        assert trainer.post(address, sent).location == list_of
    assert counting(hall) == {person.id: (Mark.PRESENT, Evidence.ROLL_CALL, False) for person in hall.people}
    assert outcomes() == [Outcome.HERE] * 3 + [None], "who came since waits for the next look"
    assert "3 people are confirmed." in trainer.get(list_of).text
    first = db.session.query(MarkEntry).filter_by(person_id=hall.person.id).order_by(MarkEntry.id).all()
    assert [entry.evidence for entry in first] == [Evidence.SELF_CHECK_IN, Evidence.ROLL_CALL]
    assert first[1].seen == [first[0].mark_id]
    [logged] = db.session.query(AuditEntry).filter_by(action="attendance.settle_check_in").all()
    assert (logged.details["people"], logged.details["outcome"]) == (sorted(person.id for person in hall.people), "here")


def test_one_is_here_and_one_is_not(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    come(hall, app, 2)
    first, second = ids()
    assert trainer.post(f"{list_of}/{second}/confirmation").location == list_of
    assert trainer.post(f"{list_of}/{first}/refusal").location == list_of
    assert counting(hall) == {
        hall.people[0].id: (Mark.ABSENT, Evidence.ROLL_CALL, False), hall.people[1].id: (Mark.PRESENT, Evidence.ROLL_CALL, False),
    }
    assert outcomes() == [Outcome.NOT_HERE, Outcome.HERE]
    entries = db.session.query(MarkEntry).count()
    trainer.post(f"{list_of}/{first}/refusal")
    trainer.post(f"{list_of}/{second}/confirmation")
    assert db.session.query(MarkEntry).count() == entries, "said twice is said once"


def test_who_was_confirmed_by_mistake_is_absent_when_the_trainer_says_not_here(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    come(hall, app, 2)
    for number in ids():
        trainer.post(f"{list_of}/{number}/confirmation")
        trainer.post(f"{list_of}/{number}/refusal")
    assert outcomes() == [Outcome.NOT_HERE] * 2
    assert counting(hall) == {person.id: (Mark.ABSENT, Evidence.ROLL_CALL, False) for person in hall.people[:2]}


def test_not_here_of_a_number_marks_nobody(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    carry(Browse(app), hall.grace()).post("/here/number", {"number": hall.number(hall.person)})
    trainer.post(f"{list_of}/{ids()[0]}/refusal")
    assert counting(hall) == {} and outcomes() == [Outcome.NOT_HERE]


def test_who_was_not_here_comes_and_says_so_again(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    come(hall, app, 1)
    trainer.post(f"{list_of}/{ids()[0]}/refusal")
    phone = carry(Browse(app).as_person(hall.person.id), hall.grace())
    assert "Your trainer did not find you." in phone.get("/here").text
    phone.post("/here")
    assert outcomes() == [None]
    assert counting(hall)[hall.person.id][0] is Mark.ABSENT, "this time the trainer decides"
    assert "You said: not here" in trainer.get(list_of).text
    trainer.post(f"{list_of}/{ids()[0]}/confirmation")
    assert counting(hall)[hall.person.id] == (Mark.PRESENT, Evidence.ROLL_CALL, False)


def test_whom_somebody_marked_otherwise_is_left_by_all_and_settled_singly(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    come(hall, app, 3)
    trainer.post(f"{hall.address}/{hall.people[1].id}", {"mark": "absent"})
    trainer.post(f"{list_of}/confirmation", {"seen": ids()})
    assert outcomes() == [Outcome.HERE, None, Outcome.HERE]
    assert "1 left: marked otherwise, or without a seat now." in trainer.get(list_of).text
    trainer.post(f"{list_of}/{ids()[1]}/confirmation")
    assert counting(hall)[hall.people[1].id] == (Mark.PRESENT, Evidence.ROLL_CALL, False)


def test_whom_the_trainer_marks_in_the_roll_call_does_not_wait_any_more(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    come(hall, app, 3)
    meeting = hall.meetings[0]
    assert checkin.numbers(meeting.id) == (3, 3)
    trainer.post(f"{hall.address}/{hall.people[0].id}", {"mark": "absent"})
    assert checkin.numbers(meeting.id) == (2, 2), "overruled, though it had counted at once"
    trainer.post(f"{hall.address}/{hall.people[1].id}", {"mark": "present"})
    assert checkin.numbers(meeting.id) == (2, 1)
    page = trainer.get(list_of)
    assert "To confirm 1 person" in page.text and "Settled 2 people" in page.text
    assert "1 to confirm" in trainer.get(hall.address).text
    trainer.post(f"{list_of}/confirmation", {"seen": ids()})
    trainer.post(f"{hall.address}/{hall.people[2].id}", {"mark": "absent"})
    assert checkin.numbers(meeting.id) == (1, 0), "confirmed, and overruled since"


def test_who_comes_after_the_trainer_had_marked_the_person_absent_waits(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    with telling(now() - timedelta(minutes=5)):
        attendance_verbs.mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.ABSENT)
    carry(Browse(app), hall.grace()).post("/here/number", {"number": hall.number(hall.person)})
    assert checkin.numbers(hall.meetings[0].id) == (1, 1)
    assert "To confirm 1 person" in trainer.get(list_of).text


def test_who_lost_the_seat_is_left(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    come(hall, app, 2)
    seat = queries.person_at(hall.meetings[0], hall.people[1].id)
    seat.state, seat.place = SeatState.WITHDRAWN, None
    trainer.post(f"{list_of}/confirmation", {"seen": ids()})
    assert outcomes() == [Outcome.HERE, None]
    trainer.post(f"{list_of}/{ids()[1]}/refusal")
    assert outcomes() == [Outcome.HERE, Outcome.NOT_HERE]


def test_late_is_told_by_the_scan_and_the_course(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    hall.meetings[0].starts_at = now() - timedelta(minutes=40)
    hall.version.late_after = 30
    carry(Browse(app), hall.grace(seconds_ago=590)).post("/here/number", {"number": hall.number(hall.people[1])})
    carry(Browse(app), hall.grace(way=Way.PAPER)).post("/here/number", {"number": hall.number(hall.people[2])})
    hall.version.late_after = 35
    trainer.post(f"{list_of}/confirmation", {"seen": ids()})
    assert {person: mark for person, (mark, *_rest) in counting(hall).items()} == {
        hall.people[1].id: Mark.PRESENT, hall.people[2].id: Mark.LATE,
    }
    assert trainer.get(list_of).text.count("Late") >= 1


def test_the_room_of_another_factory_is_flagged(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    room = attendance.site(hall.training, "Hall of others", SiteKind.FACTORY_ROOM, factory_id=factories.factory().id)
    carry(Browse(app).as_person(hall.person.id), hall.grace()).post("/here")
    db.session.query(CheckIn).update({"site_id": room.id})
    assert "In the room of another factory" in trainer.get(list_of).text


def test_a_closed_roll_call_takes_nobody_until_it_is_opened_again(hall: Entrance, app: Flask, trainer: Browse, list_of: str) -> None:
    come(hall, app, 2)
    attendance_verbs.close(SYSTEM, hall.meetings[0].id)
    reply = carry(Browse(app).as_person(hall.people[2].id), hall.grace()).post("/here")
    assert reply.status == 409 and "The roll call of this half-day is closed." in reply.text
    assert trainer.post(f"{list_of}/confirmation", {"seen": ids()}).status == 409
    assert "closed" in trainer.get(f"{hall.here}/check-in").text
    attendance_verbs.reopen(SYSTEM, hall.meetings[0].id)
    assert trainer.post(f"{list_of}/confirmation", {"seen": ids()}).status == 303


@pytest.mark.parametrize("sent", [{}, {"seen": ["x", "-1", "9" * 30, "\x1f"]}, {"seen": ["999999"]}])
def test_nobody_is_confirmed_by_what_is_no_check_in(hall: Entrance, app: Flask, trainer: Browse, list_of: str, sent: dict) -> None:
    come(hall, app, 2)
    assert trainer.post(f"{list_of}/confirmation", sent).status == 303
    assert outcomes() == [None, None]


def test_check_ins_of_other_half_days_do_not_exist_here(hall: Entrance, app: Flask, trainer: Browse) -> None:
    come(hall, app, 1)
    for address in (f"/sessions/{hall.training.id}/meetings/2/check-ins/{ids()[0]}", f"{hall.here}/check-ins/{10**6}"):
        assert trainer.post(f"{address}/confirmation").status == trainer.post(f"{address}/refusal").status == 404
    trainer.post(f"/sessions/{hall.training.id}/meetings/2/check-ins/confirmation", {"seen": ids()})
    assert outcomes() == [None]


DOORS = ("check-in", "check-in/code", "check-ins", "cards")


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [
        (Role.ADMINISTRATOR, "everywhere", 200), (Role.PROGRAMME_MANAGER, "here", 200), (Role.PROGRAMME_MANAGER, "elsewhere", 404),
        (Role.TRAINER, "here", 404), (Role.ADVISOR, "here", 404), (Role.FOCAL_POINT, "factory", 404), (Role.CHECK_IN_HELPER, "training", 200),
    ],
)
def test_who_sees_and_settles(hall: Entrance, app: Flask, browse: Browse, role: Role, where: str, status: int) -> None:
    come(hall, app, 1)
    elsewhere = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
    scope = {
        "everywhere": {}, "here": {"programme": hall.programme}, "elsewhere": {"programme": elsewhere},
        "factory": {"factory": hall.factory}, "training": {"training": hall.training},
    }[where]
    reader = browse.as_account(accounts.account(role, **scope))
    assert [reader.get(f"{hall.here}/{door}").status for door in DOORS[:1] + DOORS[2:]] == [status] * 3
    assert reader.get(f"/sessions/{hall.training.id}/sites/{hall.site}/check-in").status == status
    posted = 303 if status == 200 else 404
    assert reader.post(f"{hall.here}/check-ins/{ids()[0]}/confirmation").status == posted
    assert reader.post(f"{hall.here}/check-ins/{ids()[0]}/refusal").status == posted
    assert reader.post(f"{hall.here}/check-ins/confirmation", {"seen": ids()}).status == posted


def test_people_and_strangers_see_nothing_of_it(hall: Entrance, app: Flask) -> None:
    come(hall, app, 1)
    person = Browse(app).as_person(hall.person.id)
    for door in DOORS:
        assert person.get(f"{hall.here}/{door}").status == 404
        assert Browse(app).get(f"{hall.here}/{door}").location.startswith("/sign-in")
    assert person.post(f"{hall.here}/check-ins/{ids()[0]}/confirmation").status == 404
    assert Browse(app).post(f"{hall.here}/check-ins/{ids()[0]}/confirmation").status == 401


def test_the_list_costs_the_same_however_many_come(app: Flask, browse: Browse) -> None:
    used = []
    for number in (4, 40):
        hall = Entrance(people=number)
        reader = browse.as_account(hall.account)
        for person in hall.people:
            db.session.add(CheckIn(meeting_id=hall.meetings[0].id, person_id=person.id, site_id=hall.site, way=Way.SCREEN, proof="number", device="d", at=now()))
        address = f"{hall.here}/check-ins"
        reader.get(address)
        with counted() as statements:
            reader.get(address)
        used.append(len(statements))
        with counted() as confirming:
            reader.post(f"{address}/confirmation", {"seen": ids()})
        with counted() as marking:
            reader.post(hall.address.replace("meetings/1", "meetings/2"))
        assert len(confirming) <= len(marking) + 20, "no more for each person than the roll call itself"
    assert used[0] == used[1] <= 14
