"""The pages of a meeting report, as a trainer uses them: without JavaScript."""

import io

import pytest
import sqlalchemy as sa

from app.access.roles import Role
from app.attendance.models import CurrentMark
from app.attendance.reports.models import MeetingReport, ReportParticipant
from app.attendance.reports.rules import Decision
from app.attendance.rules import Mark
from app.platform.db import db
from app.sessions.rules import TrainingState
from tests.attendance.reports.conftest import Link, zoom
from tests.browse import Browse, Reply
from tests.make import accounts, attendance

DATA = zoom(("Keo Dara (Guest)", 0, 170), ("Sophea Sok", 5, 100), ("Chea Sreyneang", 0, 180), ("<b>iPhone</b>", 3, 9))


@pytest.fixture
def trainer(link: Link, browse: Browse) -> Browse:
    return browse.as_account(link.hall.account)


def address(link: Link, more: str = "") -> str:
    return f"/sessions/{link.hall.training.id}/meetings/1/report{more}"


def send(browse: Browse, link: Link, *files: bytes, **values: str) -> Reply:
    parts = {"zone": "UTC", "date_order": "", **values, "files": [(io.BytesIO(data), f"report-{number}.csv") for number, data in enumerate(files)]}
    return browse.post(address(link), parts)


def checked(reply: Reply, link: Link, name: str) -> str | None:
    row = link.participant(name)
    return next((box.get("value") for box in reply.all("input") if box.get("id", "").startswith(f"who-{row.id}-") and box.get("checked") is not None), None)


def test_the_roll_call_leads_to_the_report(link: Link, trainer: Browse) -> None:
    reply = trainer.get(link.hall.address)
    assert address(link) in [each.get("href") for each in reply.all("a")]
    link.receive(DATA)
    assert "5 names wait" in trainer.get(link.hall.address).text


def opened(reply: Reply) -> list[str | None]:
    """The cards whose decision lies open."""
    return [card.get("id") for card in reply.all("section") if any(each.get("open") is not None for each in card.iter("details"))]


def test_only_the_first_whom_a_person_must_know_lies_open(link: Link, trainer: Browse) -> None:
    send(trainer, link, DATA)
    page = trainer.get(address(link))
    order = [card.get("id") for card in page.all("section") if (card.get("id") or "").startswith("participant-")]
    names = ["Trainer", "Sophea Sok", "Chea Sreyneang", "<b>iPhone</b>", "Keo Dara (Guest)"]
    assert order == [f"participant-{link.participant(name).id}" for name in names], "who is sure comes last"
    assert opened(page) == order[:1]
    trainer.post(address(link, f"/participants/{link.participant('Trainer').id}"), {"who": "staff", "number": ""})
    assert opened(trainer.get(address(link))) == order[1:2], "the next"
    unclear = trainer.post(address(link, f"/participants/{link.participant('<b>iPhone</b>').id}"), {"who": "other", "number": "?"})
    assert (unclear.status, opened(unclear)) == (422, [f"participant-{link.participant('<b>iPhone</b>').id}"])


def test_send_decide_and_take_over(link: Link, trainer: Browse) -> None:
    assert "Send the report" in trainer.get(address(link)).text
    reply = send(trainer, link, DATA)
    assert (reply.status, reply.location) == (303, address(link))
    page = trainer.get(address(link))
    for words in ("180 minutes of meeting", "Keo Dara (Guest)", "170 minutes", "Several fit", "by the name", "<b>iPhone</b>", "Confirm 1 exact name"):
        assert words in page.text, words
    assert checked(page, link, "Keo Dara (Guest)") == f"person:{link.dara.id}"
    assert checked(page, link, "Sophea Sok") == f"person:{link.sophea.id}"
    assert checked(page, link, "Chea Sreyneang") == "later", "of several nobody is proposed"
    assert trainer.post(address(link, "/exact"), {}).status == 303
    ambiguous = link.participant("Chea Sreyneang").id
    reply = trainer.post(address(link, f"/participants/{ambiguous}"), {"who": f"person:{link.twins[1].id}", "number": ""})
    assert (reply.status, reply.location) == (303, address(link) + "#who")
    assert trainer.post(address(link, "/marks"), {}).status == 303
    assert {row.person_id: row.mark for row in db.session.scalars(sa.select(CurrentMark))} == {link.dara.id: Mark.PRESENT, link.twins[1].id: Mark.PRESENT}
    assert "taken over" in trainer.get(address(link)).text


def test_somebody_else_by_the_employee_number(link: Link, trainer: Browse) -> None:
    link.receive(DATA)
    phone = link.participant("<b>iPhone</b>").id
    number = next(option.get("value") for option in trainer.get(address(link)).all("option") if "Keo Dara" in (option.text or ""))
    assert trainer.post(address(link, f"/participants/{phone}"), {"who": "other", "number": number}).status == 303
    assert link.participant("<b>iPhone</b>").person_id == link.dara.id
    assert "Keo Dara" in trainer.get(address(link)).text
    for sent in ({"who": "other", "number": "no such"}, {"who": "other"}, {"who": ""}, {}, {"who": "king"}):
        reply = trainer.post(address(link, f"/participants/{phone}"), sent)
        assert reply.status == 422
    assert link.participant("<b>iPhone</b>").person_id == link.dara.id


@pytest.mark.parametrize(("who", "decision"), [("nobody", Decision.NOBODY), ("staff", Decision.STAFF), ("guest", Decision.GUEST), ("later", None)])
def test_other_decisions(link: Link, trainer: Browse, who: str, decision: Decision | None) -> None:
    link.receive(DATA)
    name = "Sophea Sok"
    assert trainer.post(address(link, f"/participants/{link.participant(name).id}"), {"who": who}).status == 303
    assert link.participant(name).decision is decision
    assert checked(trainer.get(address(link)), link, name) == (who if decision else f"person:{link.sophea.id}")


def test_a_room(link: Link, trainer: Browse) -> None:
    link.receive(zoom(("Golden Needle - Training Room", 0, 90)))
    page = trainer.get(address(link))
    assert checked(page, link, "Golden Needle - Training Room") == f"room:{link.room.id}"
    row = link.participant("Golden Needle - Training Room").id
    assert trainer.post(address(link, f"/participants/{row}"), {"who": f"room:{link.room.id}"}).status == 303
    assert link.participant("Golden Needle - Training Room").site_id == link.room.id


@pytest.mark.parametrize(("files", "sentence"), [
    ((), "Choose a file."), ((b"",), "The file is empty."), ((DATA, b"%PDF-1.7"), "This is not a report."), ((b"a,b\n1,2\n",), "This is no attendance report"),
    ((DATA,) * 11, "Choose at most 10 files."),
])  # fmt: skip
def test_what_is_wrong_with_a_file_is_said(link: Link, trainer: Browse, files: tuple[bytes, ...], sentence: str) -> None:
    reply = send(trainer, link, *files)
    assert reply.status == 422 and sentence in reply.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MeetingReport)) == 0


def test_zone_and_order_of_the_download(link: Link, trainer: Browse) -> None:
    assert send(trainer, link, DATA, zone="Mars/Phobos").status == 422
    assert send(trainer, link, DATA, date_order="dym").status == 422
    assert send(trainer, link, DATA, zone=link.hall.programme.zone, date_order="mdy").status == 303
    assert db.session.scalars(sa.select(MeetingReport)).one().zone == link.hall.programme.zone


def test_others_do_not_find_it(link: Link, browse: Browse) -> None:
    link.receive(DATA)
    row = link.participant("Sophea Sok").id
    for account in (accounts.account(Role.TRAINER, programme=link.hall.programme), accounts.account(Role.FOCAL_POINT, factory=link.hall.factory)):
        visitor = browse.as_account(account)
        assert visitor.get(address(link)).status in {403, 404}
        for more in ("/exact", "/marks", f"/participants/{row}"):
            assert visitor.post(address(link, more), {"who": "nobody"}).status in {403, 404}


def test_a_participant_of_another_half_day_is_not_found(link: Link, trainer: Browse) -> None:
    link.receive(DATA)
    row = link.participant("Sophea Sok").id
    other = address(link).replace("meetings/1", "meetings/2")
    assert trainer.post(f"{other}/participants/{row}", {"who": "nobody"}).status == 404
    assert trainer.post(f"{other}/participants/999999", {"who": "nobody"}).status == 404
    assert trainer.post(f"{other}/marks", {}).status == 404
    stranger = attendance.people(attendance.training(programme=link.hall.programme, version=link.hall.version), 1)[0]
    assert trainer.post(address(link, f"/participants/{row}"), {"who": f"person:{stranger.id}"}).status == 404


def test_a_closed_training_session_is_only_shown(link: Link, trainer: Browse) -> None:
    link.receive(DATA)
    link.hall.training.state = TrainingState.CLOSED
    db.session.flush()
    page = trainer.get(address(link))
    assert page.status == 200 and "Take the marks over" not in page.text


def test_names_that_were_let_go(link: Link, trainer: Browse) -> None:
    link.receive(DATA)
    row = db.session.get_one(ReportParticipant, link.participant("Sophea Sok").id)
    row.display_name, row.email = "", None
    db.session.flush()
    assert "Name deleted" in trainer.get(address(link)).text
