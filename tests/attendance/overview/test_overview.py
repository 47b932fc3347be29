"""The register as tables and on paper, and the board of a half-day."""

import io

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.attendance.operations import close, mark
from app.attendance.rooms.models import RoomConnection
from app.attendance.rooms.rules import Source
from app.attendance.rules import Evidence, Mark
from app.factories.rules import JobRole
from app.platform.clock import now
from app.platform.db import db
from app.sessions import operations as sessions
from app.sessions.rules import Modality, SiteKind
from tests.attendance.conftest import Hall
from tests.browse import Browse, Reply
from tests.make import accounts, attendance, factories
from tests.make.statements import counted


@pytest.fixture
def trainer(hall: Hall, browse: Browse) -> Browse:
    return browse.as_account(hall.account)


def register(hall: Hall) -> str:
    return f"/sessions/{hall.training.id}/register"


def board(hall: Hall) -> str:
    return hall.address.replace("marks", "board")


def dispute(hall: Hall) -> None:
    """Two say different things of the first person without knowing of each other."""
    manager = accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=hall.programme))
    mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.PRESENT)
    mark(manager, hall.meetings[0].id, hall.person.id, Mark.ABSENT, seen=())


def workbook(reply: Reply) -> CalamineWorkbook:
    assert reply.response.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return CalamineWorkbook.from_filelike(io.BytesIO(reply.response.data))


def test_the_grid_says_how_each_mark_is_known(hall: Hall, trainer: Browse) -> None:
    dispute(hall)
    mark(hall.trainer, hall.meetings[0].id, hall.people[1].id, Mark.PRESENT, Evidence.ROOM_JOIN)
    mark(hall.trainer, hall.meetings[0].id, hall.people[2].id, Mark.LATE)
    page = trainer.get(register(hall))
    rows = [" ".join("".join(tr.itertext()).split()) for tr in page.all("tr")[1:]]
    assert "Disputed" in rows[0] and "Disputed" not in rows[1]
    assert "Present Declared by the factory" in rows[1]
    assert "Roll call" not in rows[2], "the usual needs no sign"
    declared = [each for each in page.page.iter() if "declared" in (each.get("class") or "").split()]
    assert len(declared) == 1
    there = [a.get("href") for a in page.all("a") if "badge" in (a.get("class") or "")]
    assert f"{hall.address}/{hall.person.id}" in there


def test_the_workbook_has_the_grid_and_the_evidence(hall: Hall, trainer: Browse) -> None:
    odd = factories.person(None, name="=cmd|' /C calc'!A0", local_name="សុខ ដារា")
    factories.employ(odd, hall.factory, JobRole.SUPERVISOR, number="00417")
    attendance.seat(hall.training, odd, hall.factory)
    dispute(hall)
    mark(hall.trainer, hall.meetings[1].id, odd.id, Mark.LATE, Evidence.SELF_CHECK_IN)
    book = workbook(trainer.get(f"{register(hall)}.xlsx"))
    assert book.sheet_names == ["Register", "Evidence"]
    head, *rows = book.get_sheet_by_name("Register").to_python()
    assert head[:4] == ["Employee number", "Name", "Name in the own script", "Factory"]
    assert (len(head), len(rows)) == (4 + 2 * 2 + 2, 4)
    [own] = [row for row in rows if row[0] == "00417"]
    assert own[1:3] == ["=cmd|' /C calc'!A0", "សុខ ដារា"]
    assert own[4:8] == ["", "", "Late", "Checked in by the person"]
    disputed = next(row for row in rows if row[1] == hall.person.name)
    assert disputed[5] == "Roll call, disputed"
    head, *entries = book.get_sheet_by_name("Evidence").to_python()
    assert len(entries) == 3
    assert [row[10:] for row in entries] in [[["yes", "yes"], ["", ""], ["yes", ""]], [["", ""], ["yes", "yes"], ["yes", ""]]]
    assert {row[4] for row in entries} == {3, 1}


def test_as_text_nothing_is_a_formula(hall: Hall, trainer: Browse) -> None:
    odd = factories.person(None, name="@SUM(1)", local_name=None)
    attendance.seat(hall.training, odd, hall.factory)
    mark(hall.trainer, hall.meetings[0].id, odd.id, Mark.PRESENT)
    for address in (f"{register(hall)}.csv", f"/sessions/{hall.training.id}/evidence.csv"):
        reply = trainer.get(address)
        assert reply.response.mimetype == "text/csv"
        assert "'@SUM(1)" in reply.response.data.decode("utf-8-sig")
        assert reply.response.headers["Content-Disposition"].startswith("attachment")


def test_a_factory_exports_its_own_people_and_no_evidence(hall: Hall, browse: Browse) -> None:
    [foreign] = attendance.people(hall.training, 1)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=hall.factory))
    book = workbook(focal.get(f"{register(hall)}.xlsx"))
    assert book.sheet_names == ["Register"]
    names = {row[1] for row in book.get_sheet_by_index(0).to_python()[1:]}
    assert names == {person.name for person in hall.people}
    text = focal.get(f"{register(hall)}.csv").response.data.decode()
    assert hall.person.name in text and foreign.name not in text
    assert focal.get(f"/sessions/{hall.training.id}/evidence.csv").status == 404
    assert focal.get(board(hall)).status == focal.get(f"{board(hall)}/live").status == 404
    page = focal.get(register(hall))
    assert "/evidence.csv" not in page.response.text
    assert not [a for a in page.all("a") if "badge" in (a.get("class") or "")]


LIVE = {"HX-Request": "true"}
ACCESS = [(Role.ADVISOR, 404, 404), (Role.TRAINER, 404, 200), (Role.PROGRAMME_MANAGER, 200, 200)]


@pytest.mark.parametrize(("role", "expected", "seen"), ACCESS)
def test_who_sees_evidence_and_board(hall: Hall, browse: Browse, role: Role, expected: int, seen: int) -> None:
    """Another trainer of the programme plans there, and marks nobody."""
    reader = browse.as_account(accounts.account(role, programme=hall.programme))
    assert reader.get(board(hall)).status == reader.get(f"{board(hall)}/live", headers=LIVE).status == seen
    assert reader.get(f"/sessions/{hall.training.id}/evidence.csv").status == expected
    sheets = workbook(reader.get(f"{register(hall)}.xlsx")).sheet_names
    assert sheets == ["Register", "Evidence"][: 2 if expected == 200 else 1]
    stranger = browse.as_account(accounts.account(role, programme=factories.programme("VN", zone="Asia/Ho_Chi_Minh")))
    for address in (board(hall), f"{register(hall)}.xlsx", f"{register(hall)}.csv"):
        assert stranger.get(address).status == 404


@pytest.mark.parametrize("what", ["register", "register.xlsx", "register.csv"])
def test_sixty_people_and_twelve_half_days_take_eight_statements(app: Flask, browse: Browse, what: str) -> None:
    used = []
    for people in (5, 60):
        hall = Hall(people=people, half_days=12)
        mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.PRESENT)
        reader = browse.as_account(hall.account)
        address = f"/sessions/{hall.training.id}/{what}"
        reader.get(address)
        with counted() as statements:
            reader.get(address)
        used.append(len([each for each in statements if "FROM sign_in" not in each and "FROM role_grant" not in each]))
    assert used[0] == used[1] <= (9 if what.endswith("xlsx") else 8)


def hybrid(hall: Hall) -> tuple[int, list]:
    room = attendance.site(hall.training, "Sewing hall 2", SiteKind.FACTORY_ROOM, factory_id=hall.factory.id)
    for meeting in hall.meetings:
        meeting.modality = Modality.HYBRID
    return room.id, attendance.people(hall.training, 4, hall.factory, at=room)


def cards(reply: Reply) -> dict[str, str]:
    texts = [" ".join("".join(each.itertext()).split()) for each in reply.all("section")]
    return {text.split(" ")[0]: text for text in texts}


def test_the_board_puts_the_places_side_by_side(hall: Hall, trainer: Browse) -> None:
    room_id, people = hybrid(hall)
    for person in people[:3]:
        mark(hall.trainer, hall.meetings[0].id, person.id, Mark.PRESENT, Evidence.ROOM_JOIN)
    mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.ABSENT)
    db.session.add(RoomConnection(meeting_id=hall.meetings[0].id, site_id=room_id, source=next(iter(Source)), joined_at=now(), noted_at=now()))
    page = trainer.get(board(hall))
    assert "Present 3 of 7" in page.text
    found = cards(page)
    assert "3 / 4" in found["Sewing"] and "Only declared, not checked 3" in found["Sewing"] and "The room is connected." in found["Sewing"]
    assert "0 / 3" in found["Training"] and "Absent 1" in found["Training"] and "Not marked 2" in found["Training"]
    for person in [*people, *hall.people]:
        assert person.name not in page.response.text, "names only where somebody opens the roll call"
    assert board(hall) in [link.get("href") for link in trainer.get(hall.address).all("a")]


def test_somebody_who_joins_elsewhere_this_half_day_is_expected_there(hall: Hall, trainer: Browse) -> None:
    _room_id, people = hybrid(hall)
    sessions.join_at(SYSTEM, hall.training.id, _seat(hall, people[0].id), 1, hall.training.sites[0].id)
    found = cards(trainer.get(board(hall)))
    assert "0 / 3" in found["Sewing"] and "0 / 4" in found["Training"]
    hall.meetings[0].modality = Modality.IN_PERSON
    assert "0 / 7" in cards(trainer.get(board(hall)))["Training"]


def _seat(hall: Hall, person_id: int) -> int:
    return attendance.db.session.execute(
        attendance.Seat.__table__.select().where(attendance.Seat.training_id == hall.training.id, attendance.Seat.person_id == person_id)
    ).one().id


def poll(reply: Reply) -> str | None:
    [part] = [each for each in reply.page.iter("div") if each.get("id") == "board"]
    return part.get("hx-get")


def test_the_board_asks_again_for_few_bytes_and_stops_at_the_end(hall: Hall, trainer: Browse) -> None:
    meeting, here = hall.meetings[1], board(hall).replace("meetings/1", "meetings/2")
    address = poll(trainer.get(here))
    same = trainer.get(address, headers=LIVE)
    assert (same.status, same.response.data) == (204, b"")
    mark(hall.trainer, meeting.id, hall.person.id, Mark.PRESENT)
    changed = trainer.get(address, headers=LIVE)
    assert changed.status == 200 and "Present 1 of 3" in changed.text
    assert len(changed.response.data) < 4000
    following = poll(changed)
    assert following != address
    close(hall.trainer, meeting.id)
    ended = trainer.get(following, headers=LIVE)
    assert "Absent 2" in ended.text and poll(ended) is None
    assert poll(trainer.get(board(hall))) is None, "it ended more than an hour ago"


def test_asking_again_costs_six_statements_whoever_is_there(app: Flask, browse: Browse) -> None:
    used = []
    for people in (5, 60):
        hall = Hall(people=people)
        reader = browse.as_account(hall.account)
        reader.get(f"{board(hall)}/live", headers=LIVE)
        with counted() as statements:
            reader.get(f"{board(hall)}/live", headers=LIVE)
        used.append(len(statements))
    assert used[0] == used[1] <= 6
