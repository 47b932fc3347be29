"""What somebody prints or copies for a factory: of the own factory alone, and never a link."""

import io
from dataclasses import dataclass

import pypdf
import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import Account
from app.factories.models import Factory
from app.notifications.models import Telling
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.sessions.models import MeetingSite, Room, SeatAtMeeting, TrainingSession
from app.sessions.rules import MeetingState, Modality, SeatState, SiteKind, TrainingState
from tests.browse import Browse
from tests.make import accounts, courses, factories
from tests.make import sessions as make
from tests.make.statements import counted


@dataclass
class Laid:
    training: TrainingSession
    mine: Factory
    other: Factory
    point: Account

    def at(self, factory: Factory, rest: str = "") -> str:
        return f"/sessions/{self.training.id}/notices/{factory.code}{rest}"


@pytest.fixture
def laid(app: Flask) -> Laid:
    """A hybrid session: two of one factory in its own room, one of another at the venue."""
    mine, other = factories.factory("MINE", local_name="រោងចក្រខ្ញុំ"), factories.factory("OTHER", name="Zqother Mill")
    teacher = accounts.account(Role.TRAINER, programme=factories.programme(), name="Teacher One")
    point = accounts.account(Role.FOCAL_POINT, factory=mine, name="Keo Sreymom")
    training = make.training(
        version=courses.version(titles={"en": "Supervisory Skills", "km": "ជំនាញ"}), state=TrainingState.CONFIRMED,
        rooms=[mine, other], trainers=[teacher])
    for name in ("Own One", "Own Two"):
        make.seat(training, mine, factories.person(mine, name=name, local_name=None), kind=SiteKind.FACTORY_ROOM)
    make.seat(training, other, factories.person(other, name="Zqother Person", local_name="ហ្សិត"))
    return Laid(training, mine, other, point)


def test_a_focal_point_prints_a_notice_of_the_own_people(browse: Browse, laid: Laid) -> None:
    office = browse.as_account(laid.point)
    page = office.get(f"/sessions/{laid.training.id}")
    links = [a.get("href") for a in page.all("a") if "/notices/" in (a.get("href") or "") or "/board" in (a.get("href") or "")]
    assert links == [laid.at(laid.mine), laid.at(laid.mine, "/chat"), "/factories/MINE/board"]
    notice = office.get(links[0])
    assert [(s.get("lang"), s.get("dir")) for s in notice.all("section")] == [("km", "ltr"), ("en", "ltr")]
    for said in ("Supervisory Skills", "ជំនាញ", laid.training.code, "Keo Sreymom", laid.mine.name, "From រោងចក្រខ្ញុំ: 2"):
        assert said in notice.text
    assert "Own One" not in notice.text
    assert "Own One" in office.get(f"{links[0]}?names=1").text
    for address in (links[0], f"{links[0]}?names=1", f"{links[1]}?names=1", links[2]):
        answer = office.get(address).response.text
        assert "Zqother" not in answer and make.LINK not in answer and "meet.example" not in answer


@pytest.mark.parametrize("language", ["km", "ar", "am", "en"])
def test_the_paper_is_a_file_in_the_language_asked_for(browse: Browse, laid: Laid, language: str) -> None:
    answer = browse.as_account(laid.point).client.get(laid.at(laid.mine, f"/paper?language={language}&names=1"))
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    pdf = pypdf.PdfReader(io.BytesIO(answer.data))
    text = "".join("".join(page.extract_text().split()) for page in pdf.pages)  # kerned letters are read apart
    assert laid.training.code in text and "OwnOne" in text and "Zqother" not in text
    assert b"meet.example" not in answer.data


def test_the_text_for_the_chat_group_can_be_selected_without_a_script(browse: Browse, laid: Laid) -> None:
    page = browse.as_account(laid.point).get(laid.at(laid.mine, "/chat?language=en"))
    [area] = page.all("textarea")
    assert area.get("readonly") is not None and (area.get("lang"), area.get("dir")) == ("en", "ltr")
    assert "Supervisory Skills" in area.text and laid.training.code in area.text and "http" not in area.text
    assert "Telegram" in page.text
    [copy] = [button for button in page.all("button") if button.get("data-copy")]
    assert copy.get("hidden") is not None, "it shows where a script makes it work"


def test_other_factories_do_not_exist(browse: Browse, laid: Laid) -> None:
    office = browse.as_account(laid.point)
    for rest in ("", "/paper", "/chat"):
        assert office.get(laid.at(laid.other, rest)).status == 404
        assert office.get(f"/sessions/{laid.training.id}/notices/NONE{rest}").status == 404
    assert office.post(laid.at(laid.other, "/told"), {"way": "chat"}).status == 404
    assert office.get("/factories/OTHER/board").status == 404
    elsewhere = browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme("BD", zone="Asia/Dhaka", country="BD")))
    assert elsewhere.get(laid.at(laid.mine)).status == 404


def test_what_was_told_is_noted_once_a_day(browse: Browse, laid: Laid) -> None:
    office = browse.as_account(laid.point)
    for _ in range(2):
        assert office.post(laid.at(laid.mine, "/told"), {"way": "chat"}).status == 303
    assert office.post(laid.at(laid.mine, "/told"), {"way": "paper"}).location == laid.at(laid.mine)
    for nonsense in ("", "mail", "smoke"):
        assert office.post(laid.at(laid.mine, "/told"), {"way": nonsense}).status == 404
    rows = db.session.query(Telling).order_by(Telling.id).all()
    assert [(row.way, row.factory_id, row.told_by, row.training_id) for row in rows] == [
        ("chat", laid.mine.id, laid.point.id, laid.training.id), ("paper", laid.mine.id, laid.point.id, laid.training.id)]
    assert db.session.query(AuditEntry).filter_by(action="notifications.told").count() == 2


def test_a_helper_may_not_say_that_a_factory_was_told(browse: Browse, laid: Laid) -> None:
    helper = browse.as_account(accounts.account(Role.CHECK_IN_HELPER, training=laid.training))
    assert helper.get(laid.at(laid.mine)).status == 200
    assert helper.post(laid.at(laid.mine, "/told"), {"way": "chat"}).status == 404


def _where(browse: Browse, laid: Laid) -> list[str]:
    page = browse.as_account(laid.point).get(laid.at(laid.mine, "?language=en"))
    return [" ".join("".join(li.itertext()).split()) for li in page.all("li") if "Half-day" in "".join(li.itertext())][:2]


def test_everybody_joins_as_the_half_day_is_held(browse: Browse, laid: Laid) -> None:
    """In person at the venue, by link in the own room, hybrid as the seat says."""
    first, second = laid.training.meetings
    room = laid.mine.name
    assert all(room in words and "Training centre" not in words for words in _where(browse, laid))
    first.modality, second.modality = Modality.IN_PERSON, Modality.VIRTUAL
    one, two = _where(browse, laid)
    assert "Training centre, Street 271" in one and room not in one
    assert room in two and "Training centre" not in two


def test_a_room_of_the_register_has_its_address_and_one_half_day_can_be_elsewhere(browse: Browse, laid: Laid) -> None:
    venue, room = make.site(laid.training), Room(programme_id=laid.training.programme_id, name="Hall", address="12 Long Road", province="Kandal")
    db.session.add(room)
    db.session.flush()
    venue.room_id = room.id
    seat = make.seat(laid.training, laid.mine, kind=SiteKind.REMOTE)
    db.session.add(SeatAtMeeting(seat_id=seat.id, meeting_id=laid.training.meetings[1].id, site_id=venue.id, modality=Modality.IN_PERSON, place=9))
    one, two = _where(browse, laid)
    assert "On your own phone or computer" in one and "Long Road" not in one
    assert "12 Long Road" in two and "On your own" not in two


def test_a_half_day_that_uses_some_sites_only_sends_nobody_to_the_others(browse: Browse, laid: Laid) -> None:
    first, _second = laid.training.meetings
    first.modality = Modality.VIRTUAL
    db.session.add(MeetingSite(meeting_id=first.id, site_id=make.site(laid.training, SiteKind.REMOTE).id))
    assert laid.mine.name in _where(browse, laid)[0], "the seats say this room"


def test_each_factory_reads_its_own_clock(browse: Browse, laid: Laid) -> None:
    laid.mine.programme.zone = "Asia/Karachi"
    first = laid.training.meetings[0]
    assert first.zone == "Asia/Phnom_Penh" and first.starts.hour == 8
    assert "6:00 AM" in _where(browse, laid)[0].replace("\u202f", " ")


def test_the_states_are_said(browse: Browse, laid: Laid) -> None:
    office = browse.as_account(laid.point)
    for state, said in (
        (TrainingState.TENTATIVE, "Not sure yet"), (TrainingState.POSTPONED, "Postponed."), (TrainingState.CANCELLED, "Cancelled: it will not"),
    ):
        laid.training.state = state
        assert said in office.get(laid.at(laid.mine, "?language=en")).text
    laid.training.state = TrainingState.CONFIRMED
    for meeting in laid.training.meetings:
        meeting.state = MeetingState.POSTPONED
    assert "AM" not in office.get(laid.at(laid.mine, "?language=en")).text


def test_reserved_seats_are_counted_and_released_ones_are_not(browse: Browse, laid: Laid) -> None:
    for state in (SeatState.RESERVED, SeatState.RESERVED, SeatState.RELEASED, SeatState.WITHDRAWN):
        seat = make.seat(laid.training, laid.mine, state=SeatState.WITHDRAWN, kind=SiteKind.FACTORY_ROOM)
        seat.person_id, seat.state = None, state
    text = browse.as_account(laid.point).get(laid.at(laid.mine, "?language=en&names=1")).text
    assert ": 4" in text and "Still to be named: 2" in text


def test_the_board_lists_the_own_half_days_of_the_next_weeks(browse: Browse, laid: Laid) -> None:
    far = make.training(state=TrainingState.TENTATIVE, days=(40,), code="FARFAR", version=laid.training.version)
    strange = make.training(state=TrainingState.CONFIRMED, days=(9,), code="STRANG", version=laid.training.version)
    past = make.training(state=TrainingState.CONFIRMED, days=(3,), code="PASTPA", version=laid.training.version)
    for training, factory in ((far, laid.mine), (strange, laid.other), (past, laid.mine)):
        make.seat(training, factory)
    past.state = TrainingState.POSTPONED
    office = browse.as_account(laid.point)
    four, eight = (office.get(f"/factories/MINE/board?weeks={weeks}&language=en").text for weeks in (4, 8))
    assert four.count(laid.training.code) == 2 and "FARFAR" not in four
    assert "FARFAR" in eight and "Not sure yet" in eight
    for text in (four, eight):
        assert "STRANG" not in text and "PASTPA" not in text and "Zqother" not in text
    answer = office.client.get("/factories/MINE/board/paper?weeks=8&language=km")
    assert answer.mimetype == "application/pdf"
    assert "FARFAR" in " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
    assert office.get("/factories/MINE/board?weeks=5000&language=xx").status == 200


def test_more_people_cost_no_more_statements(browse: Browse, laid: Laid) -> None:
    office = browse.as_account(laid.point)

    def cost(address: str) -> int:
        with counted() as seen:
            assert office.get(address).status == 200
        return len(seen)

    few = [cost(address) for address in (laid.at(laid.mine, "?names=1"), "/factories/MINE/board")]
    for _ in range(10):
        make.seat(laid.training, laid.mine, kind=SiteKind.REMOTE)
    make.seat(make.training(state=TrainingState.CONFIRMED, version=laid.training.version), laid.mine)
    assert [cost(address) for address in (laid.at(laid.mine, "?names=1"), "/factories/MINE/board")] == few
