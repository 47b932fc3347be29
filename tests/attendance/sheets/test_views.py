"""Sheets as people use them: printed, photographed, ticked from, scanned."""

import io
from secrets import token_hex

import pypdf
import pytest
from flask import Flask, current_app
from werkzeug.datastructures import MultiDict

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.attendance import queries
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.operations import mark
from app.attendance.rules import Evidence, Mark
from app.attendance.sheets.models import SheetPhoto
from app.attendance.sheets.operations import keep_photo
from app.attendance.sheets.rules import Printed, Reference, token
from app.platform.db import db
from app.sessions import operations as sessions
from app.sessions.rules import Modality, SiteKind
from tests.attendance.conftest import Hall
from tests.browse import Browse, Reply, sent_by
from tests.make import accounts, attendance, factories, lessons
from tests.make.statements import counted
from tests.platform.photos.test_clean import png


@pytest.fixture
def trainer(hall: Hall, browse: Browse) -> Browse:
    return browse.as_account(hall.account)


def sheets(hall: Hall) -> str:
    return hall.address.replace("marks", "sheets")


def sheet(hall: Hall) -> str:
    return f"{sheets(hall)}/{hall.training.sites[0].id}"


def read(reply: Reply) -> pypdf.PdfReader:
    assert reply.response.mimetype == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(reply.response.data))


def words(pdf: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def row(reply: Reply, person_id: int) -> str:
    [found] = [each for each in reply.all("li") if each.get("id") == f"person-{person_id}"]
    return " ".join("".join(found.itertext()).split())


def checked(reply: Reply) -> dict[str, str]:
    return {each.get("name"): each.get("value") for each in reply.all("input") if each.get("checked") is not None}


def files(*data: bytes, **values: str) -> MultiDict:
    sent = MultiDict({"form_id": token_hex(16), **values})
    for number, each in enumerate(data):
        sent.add("photos", (io.BytesIO(each), f"{number}.jpg"))
    return sent


def test_from_the_roll_call_to_the_paper(hall: Hall, trainer: Browse) -> None:
    assert sheets(hall) in [link.get("href") for link in trainer.get(hall.address).all("a")]
    page = trainer.get(sheets(hall))
    assert "Training centre" in page.text and "3 people" in page.text
    [paper] = [link.get("href") for link in page.all("a") if (link.get("href") or "").endswith("/paper")]
    reply = trainer.get(paper)
    assert reply.response.headers["Content-Disposition"].startswith("inline;")
    assert "no-store" in reply.response.headers["Cache-Control"]
    said = words(read(reply))
    for person in hall.people:
        assert person.name in said
    assert hall.training.code in said and hall.account.name in said and "Page 1 of 1" in said


def test_a_factory_prints_the_sheet_of_its_own_room_with_its_own_people(hall: Hall, browse: Browse) -> None:
    room = attendance.site(hall.training, "Sewing hall 2", SiteKind.FACTORY_ROOM, factory_id=hall.factory.id)
    other = factories.factory(programme_id=hall.programme.id)
    for meeting in hall.meetings:
        meeting.modality = Modality.HYBRID
    [own] = attendance.people(hall.training, 1, hall.factory, at=room)
    [guest] = attendance.people(hall.training, 1, other, at=room)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=hall.factory))
    assert "Sign-in sheets" in focal.get(f"/sessions/{hall.training.id}").text
    page = focal.get(sheets(hall))
    assert "Sewing hall 2" in page.text and "1 person" in page.text and "Training centre" not in page.text
    said = words(read(focal.get(f"{sheets(hall)}/{room.id}/paper")))
    assert own.name in said and guest.name not in said
    assert focal.get(f"{sheet(hall)}/paper").status == 404, "the training centre is not its own"
    assert focal.get(f"{sheets(hall)}/{room.id}").status == 404, "it does not tick"
    stranger = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=other))
    assert stranger.get(f"{sheets(hall)}/{room.id}/paper").status == stranger.get(sheets(hall)).status == 404
    trainer = browse.as_account(hall.account)
    both = words(read(trainer.get(f"{sheets(hall)}/{room.id}/paper")))
    assert own.name in both and guest.name in both


@pytest.mark.parametrize("role", [Role.TRAINER, Role.ADVISOR, Role.PROGRAMME_MANAGER])
def test_who_else_of_the_programme(hall: Hall, browse: Browse, role: Role) -> None:
    row_id = keep_photo(hall.trainer, hall.meetings[0].id, token_hex(16), lessons.photo()).id
    reader = browse.as_account(accounts.account(role, programme=hall.programme))
    expected = 200 if role is Role.PROGRAMME_MANAGER else 404
    for address in (sheets(hall), sheet(hall), f"{sheet(hall)}/paper", f"{sheets(hall)}/photos/{row_id}"):
        assert reader.get(address).status == expected, address


def test_photos_are_sent_shown_and_deleted(hall: Hall, trainer: Browse) -> None:
    sent = lessons.photo(), lessons.photo("PNG")
    reply = trainer.post(f"{sheet(hall)}/photos", files(*sent))
    assert (reply.status, reply.location) == (303, sheet(hall))
    page = trainer.get(sheet(hall))
    assert "2 photos are kept." in page.text and hall.account.name in page.text
    first, second = (image.get("src") for image in page.all("img"))
    shown = trainer.get(first).response
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert trainer.get(second).response.mimetype == "image/png"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in shown.headers["Cache-Control"] and "sandbox" in shown.headers["Content-Security-Policy"]
    assert trainer.post(f"{first}/withdrawal").location == sheet(hall)
    assert trainer.get(first).status == 404
    assert [image.get("src") for image in trainer.get(sheet(hall)).all("img")] == [second]
    assert trainer.get(first.replace("meetings/1", "meetings/2")).status == 404


def test_the_same_form_sent_twice_keeps_one(hall: Hall, trainer: Browse) -> None:
    for _ in range(2):
        assert trainer.post(f"{sheet(hall)}/photos", files(lessons.photo(), form_id="ab" * 16)).status == 303
    assert db.session.query(SheetPhoto).count() == 1


def test_what_is_no_photo_is_said_and_the_others_are_kept(hall: Hall, trainer: Browse) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    assert trainer.post(f"{sheet(hall)}/photos", files(svg, lessons.photo(), png(50_000, 50_000))).status == 303
    said = trainer.get(sheet(hall)).text
    assert "Photo 1 is not kept. It is not a photo that we can show." in said
    assert "Photo 3 is not kept. It has too many pixels." in said and "1 photo is kept." in said
    reply = trainer.post(f"{sheet(hall)}/photos", files(svg))
    assert (reply.status, "Photo 1 is not kept." in reply.text) == (422, True)
    assert "Choose at least one photo." in trainer.post(f"{sheet(hall)}/photos", files()).text
    assert db.session.query(SheetPhoto).count() == 1


def test_all_signed_then_exceptions(hall: Hall, trainer: Browse) -> None:
    page = trainer.get(sheet(hall))
    assert checked(page) == {}
    page = trainer.get(f"{sheet(hall)}?all=signed")
    assert set(checked(page).values()) == {"yes"}
    [form] = [each for each in page.all("form") if each.get("action") == sheet(hall)]
    data = sent_by(form)
    data[f"signed-{hall.person.id}"] = "no"
    for _ in range(2):
        assert trainer.post(sheet(hall), data).status == 303
    assert [queries.mark_of(hall.meetings[0].id, person.id) for person in hall.people] == [Mark.ABSENT, Mark.PRESENT, Mark.PRESENT]
    rows = db.session.query(MarkEntry).all()
    assert len(rows) == 3
    assert {(each.evidence, each.strength, each.marker) for each in rows} == {(Evidence.SIGNED_SHEET, 2, f"sheet:{hall.meetings[0].id}")}
    page = trainer.get(sheet(hall))
    assert checked(page) == {f"signed-{person.id}": "no" if person is hall.person else "yes" for person in hall.people}
    assert "Absent, Signed sheet" in row(page, hall.person.id)
    [form] = [each for each in page.all("form") if each.get("action") == sheet(hall)]
    trainer.post(sheet(hall), sent_by(form))
    assert db.session.query(MarkEntry).count() == 3, "the same ticks again say nothing new"


def test_a_signature_bears_out_what_is_known_and_speaks_against_it(hall: Hall, trainer: Browse) -> None:
    late, absent, present = hall.people
    for person, known in ((late, Mark.LATE), (absent, Mark.ABSENT), (present, Mark.PRESENT)):
        mark(hall.trainer, hall.meetings[0].id, person.id, known)
    ticks = {f"signed-{late.id}": "yes", f"signed-{absent.id}": "yes", f"signed-{present.id}": "no"}
    trainer.post(sheet(hall), {"form_id": "ab" * 16, **ticks})
    rows = {row.person_id: row for row in db.session.query(CurrentMark)}
    assert [(rows[p.id].mark, rows[p.id].is_disputed) for p in hall.people] == [(Mark.LATE, False), (Mark.ABSENT, True), (Mark.PRESENT, True)]
    assert {row.evidence for row in rows.values()} == {Evidence.ROLL_CALL}, "what the trainer saw weighs more"
    assert db.session.query(MarkEntry).count() == 6, "the signatures stand beside it"


def test_a_later_tick_replaces_the_one_before_whoever_makes_it(hall: Hall, trainer: Browse, browse: Browse) -> None:
    name = f"signed-{hall.person.id}"
    trainer.post(sheet(hall), {"form_id": token_hex(16), name: "no"})
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=hall.programme))
    manager.post(sheet(hall), {"form_id": token_hex(16), name: "yes"})
    [current] = db.session.query(CurrentMark)
    assert (current.mark, current.is_disputed) == (Mark.PRESENT, False)


def test_what_was_declared_gives_way_to_a_sheet_that_saw_it(hall: Hall, trainer: Browse) -> None:
    mark(hall.trainer, hall.meetings[0].id, hall.person.id, Mark.PRESENT, Evidence.SELF_CHECK_IN)
    page = trainer.get(sheet(hall))
    [seen] = [each.get("value") for each in page.all("input") if each.get("name") == f"seen-{hall.person.id}"]
    trainer.post(sheet(hall), {"form_id": token_hex(16), f"signed-{hall.person.id}": "no", f"seen-{hall.person.id}": seen})
    [current] = db.session.query(CurrentMark)
    assert (current.mark, current.evidence, current.is_disputed) == (Mark.ABSENT, Evidence.SIGNED_SHEET, False)


@pytest.mark.parametrize("sent", [{}, {"form_id": "ab" * 16}, {"form_id": "ab" * 16, "signed-x": "yes"}, {"form_id": "ab" * 16, "signed-1": "maybe"}])
def test_odd_forms_change_nothing(hall: Hall, trainer: Browse, sent: dict) -> None:
    assert trainer.post(sheet(hall), sent).status == 422
    assert trainer.post(sheet(hall), {"form_id": "x", f"signed-{hall.person.id}": "yes"}).status == 409
    stranger = factories.person(hall.factory)
    assert trainer.post(sheet(hall), {"form_id": "ab" * 16, f"signed-{stranger.id}": "yes"}).status == 404
    assert db.session.query(MarkEntry).count() == 0


def test_cancelled_half_days_are_not_ticked_and_photos_are_still_taken(hall: Hall, trainer: Browse) -> None:
    sessions.cancel_meeting(SYSTEM, hall.training.id, 1)
    reply = trainer.post(sheet(hall), {"form_id": "ab" * 16, f"signed-{hall.person.id}": "yes"})
    assert (reply.status, "This half-day is cancelled." in reply.text) == (409, True)
    assert not [each for each in trainer.get(sheet(hall)).all("input") if each.get("type") == "radio"]
    assert trainer.post(f"{sheet(hall)}/photos", files(lessons.photo())).status == 303


def test_a_scanned_row_and_a_scanned_sheet_lead_to_the_ticks(hall: Hall, trainer: Browse, browse: Browse) -> None:
    key, meeting = current_app.config["SECRET_KEY"], hall.meetings[0]
    seat = queries.person_at(meeting, hall.person.id)
    row_code = token(Reference(Printed.ROW, meeting.id, seat.id), key)
    code = token(Reference(Printed.SHEET, meeting.id, hall.training.sites[0].id), key)
    assert trainer.get(f"/sheets/{code}").location == sheet(hall)
    there = trainer.get(f"/sheets/{row_code}").location
    assert there == f"{sheet(hall)}?person={hall.person.id}"
    page = trainer.get(there)
    buttons = [each for each in page.all("button") if each.get("name") == f"signed-{hall.person.id}"]
    assert [each.get("value") for each in buttons] == ["yes", "no"]
    other = browse.as_account(accounts.account(Role.TRAINER, programme=hall.programme))
    forged = token(Reference(Printed.ROW, meeting.id, seat.id), "another key that somebody guessed")
    elsewhere = token(Reference(Printed.ROW, hall.meetings[1].id, 10**6), key)
    assert other.get(f"/sheets/{row_code}").status == 404
    for bad in (forged, elsewhere, row_code[:-1], "x" * 22, "é" * 22, "A" * 400):
        assert trainer.get(f"/sheets/{bad}").status == 404, bad
    assert browse.get(f"/sheets/{row_code}").location.startswith("/sign-in?next=")


@pytest.mark.parametrize("what", ["", "/paper"])
def test_statements_do_not_grow_with_the_people(app: Flask, browse: Browse, what: str) -> None:
    used = []
    for number in (5, 60):
        hall = Hall(people=number)
        reader = browse.as_account(hall.account)
        reader.get(sheet(hall) + what)
        with counted() as statements:
            reader.get(sheet(hall) + what)
        used.append(len(statements))
    assert used[0] == used[1] <= 21


def test_the_history_of_a_mark_that_rests_on_the_sheet_shows_its_photos(hall: Hall, trainer: Browse) -> None:
    site, history = hall.training.sites[0], f"{hall.address}/{hall.person.id}"
    other = attendance.site(hall.training, "Sewing hall 2", SiteKind.FACTORY_ROOM, factory_id=hall.factory.id)
    ours = keep_photo(hall.trainer, hall.meetings[0].id, token_hex(16), lessons.photo(), site_id=site.id)
    keep_photo(hall.trainer, hall.meetings[0].id, token_hex(16), lessons.photo(), site_id=other.id)
    keep_photo(hall.trainer, hall.meetings[1].id, token_hex(16), lessons.photo(), site_id=site.id)
    mark(hall.trainer, hall.meetings[0].id, hall.people[1].id, Mark.PRESENT)
    trainer.post(sheet(hall), {"form_id": token_hex(16), f"signed-{hall.person.id}": "yes"})
    page = trainer.get(history)
    [shown] = page.all("img")
    assert shown.get("src") == f"{sheets(hall)}/photos/{ours.id}" and shown.get("alt") == "Signed sheet, photo 1"
    assert shown.get("src") in [each.get("href") for each in page.all("a")]
    assert trainer.get(shown.get("src")).response.mimetype == "image/jpeg"
    assert not trainer.get(f"{hall.address}/{hall.people[1].id}").all("img"), "that mark rests on no sheet"
