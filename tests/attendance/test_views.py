"""The roll call, the history and the register as people use them."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.attendance import operations, queries
from app.attendance.models import MarkEntry
from app.attendance.rules import Evidence, Mark
from app.factories.models import Employment
from app.factories.rules import JobRole
from app.platform.clock import now
from app.platform.db import db
from app.sessions import operations as sessions
from app.sessions.rules import Modality, SiteKind, TrainingState
from tests.attendance.conftest import Hall
from tests.browse import Browse, Reply
from tests.make import accounts, attendance, factories
from tests.make.statements import counted


@pytest.fixture
def trainer(hall: Hall, browse: Browse) -> Browse:
    return browse.as_account(hall.account)


def _sites(reply: Reply) -> list[Any]:
    return [h for h in reply.all("h2") if h.get("id", "").startswith("site-")]


def _row(reply: Reply, person_id: int) -> str:
    [row] = [each for each in reply.all("li") if each.get("id") == f"person-{person_id}"]
    return " ".join("".join(row.itertext()).split())


def _pressed(reply: Reply, person_id: int) -> list[str | None]:
    [row] = [each for each in reply.all("li") if each.get("id") == f"person-{person_id}"]
    return [button.get("value") for button in row.iter("button") if button.get("aria-pressed") == "true"]


def _mark_id(reply: Reply, person_id: int) -> str:
    [row] = [each for each in reply.all("li") if each.get("id") == f"person-{person_id}"]
    [value] = [each.get("value") for each in row.iter("input") if each.get("name") == "mark_id"]
    return value


def test_roll_call_names_people_by_site_in_both_scripts(hall: Hall, trainer: Browse) -> None:
    room = attendance.site(hall.training, "Sewing hall 2", SiteKind.FACTORY_ROOM)
    hall.meetings[0].modality = Modality.HYBRID
    [guest] = attendance.people(hall.training, 1, at=room)
    reply = trainer.get(hall.address)
    assert [next(h.iter("bdi")).text for h in _sites(reply)] == ["Training centre", "Sewing hall 2"]
    assert "Present 0 of 4" in reply.text
    text = _row(reply, guest.id)
    number = db.session.scalars(sa.select(Employment.employee_number).where(Employment.person_id == guest.id)).one()
    for words in (guest.name, guest.local_name, number, "Present Late Absent"):
        assert words in text


def test_roll_call_names_people_where_they_join_this_half_day(hall: Hall, trainer: Browse) -> None:
    """Somebody stays at home for one half-day only; where everybody meets in person, everybody is at the training centre."""
    alone = attendance.site(hall.training, "", SiteKind.REMOTE)
    for meeting in hall.meetings:
        meeting.modality = Modality.HYBRID
    seat = queries.person_at(hall.meetings[0], hall.person.id)
    sessions.join_at(SYSTEM, hall.training.id, seat.id, 2, alone.id)
    second = hall.address.replace("meetings/1", "meetings/2")
    headings = [" ".join("".join(h.itertext()).split()) for h in trainer.get(second).all("h2") if h.get("id", "").startswith("site-")]
    assert headings == ["Training centre 2 people", "Alone, by link 1 person"]
    assert [" ".join("".join(h.itertext()).split()) for h in trainer.get(hall.address).all("h2") if h.get("id", "").startswith("site-")] == ["Training centre 3 people"]
    register = f"/sessions/{hall.training.id}/register"
    assert trainer.get(register).text.count("Alone, by link") == 1
    hall.meetings[1].modality = Modality.IN_PERSON
    db.session.flush()
    assert "Alone, by link" not in trainer.get(register).text
    assert [" ".join("".join(h.itertext()).split()) for h in trainer.get(second).all("h2") if h.get("id", "").startswith("site-")] == ["Training centre 3 people"]


def test_one_tap_marks_and_leads_back_to_the_row(hall: Hall, trainer: Browse) -> None:
    person = hall.person.id
    mark_id = _mark_id(trainer.get(hall.address), person)
    for _ in range(2):
        reply = trainer.post(f"{hall.address}/{person}", {"mark": "late", "mark_id": mark_id})
        assert (reply.status, reply.location) == (303, f"{hall.address}#person-{person}")
    page = trainer.get(hall.address)
    assert _pressed(page, person) == ["late"]
    assert "Present 1 of 3 Late 1 Not marked 2" in page.text
    assert db.session.query(MarkEntry).count() == 1
    assert _mark_id(page, person) != mark_id


def test_htmx_gets_the_row_and_the_tally_under_ids_that_the_page_has(hall: Hall, trainer: Browse) -> None:
    page = trainer.get(hall.address)
    ids = {element.get("id") for element in page.page.iter() if element.get("id")}
    reply = trainer.htmx(f"{hall.address}/{hall.person.id}", {"mark": "absent", "q": "zzz"})
    assert reply.status == 200
    roots = [element for element in reply.page if element.get("id")]
    assert {root.get("id") for root in roots} == {f"said-{hall.person.id}", "tally", "notices"} <= ids
    assert [root.get("id") for root in roots if not root.get("hx-swap-oob")] == [f"said-{hall.person.id}"]
    assert [button.get("value") for button in reply.all("button") if button.get("aria-pressed") == "true"] == ["absent"]
    assert "Present 0 of 3 Absent 1 Not marked 2" in reply.text


def test_search_finds_names_in_any_script_and_numbers_and_is_kept(hall: Hall, trainer: Browse) -> None:
    wanted = factories.person(None, name="Nguyễn Thị Hoà", local_name=None)
    factories.employ(wanted, hall.factory, JobRole.SUPERVISOR, number="00417")
    attendance.seat(hall.training, wanted, hall.factory)
    for q in ("hoa nguyen", "00417", "004"):
        reply = trainer.get(f"{hall.address}?q={q}")
        assert [li.get("id") for li in reply.all("li") if (li.get("id") or "").startswith("person")] == [f"person-{wanted.id}"]
        assert "of 4" in reply.text, "the tally is about everybody"
    assert "Nobody fits" in trainer.get(f"{hall.address}?q=%1f%25'").text
    back = trainer.post(f"{hall.address}/{wanted.id}", {"mark": "present", "q": "hoa"})
    assert back.location == f"{hall.address}?q=hoa#person-{wanted.id}"


def test_all_present_then_exceptions(hall: Hall, trainer: Browse) -> None:
    assert "All present" in trainer.get(hall.address).text
    trainer.post(f"{hall.address}/{hall.person.id}", {"mark": "excused"})
    assert "Mark all 2 present" in trainer.get(hall.address).text
    assert trainer.post(hall.address).location == hall.address
    page = trainer.get(hall.address)
    assert "2 people are marked present." in page.text
    assert "Present 2 of 3 Excused 1" in page.text
    assert "present</span></button>" not in page.response.text, "nobody is left to mark"


def test_the_evidence_of_each_mark_says_how_it_is_known_and_what_replaced_it(hall: Hall, trainer: Browse) -> None:
    """A report in the evening, a phone without network whose clock is a year behind, then a person resolves it."""
    meeting, person = hall.meetings[0], hall.person
    seats = {person.id: queries.person_at(meeting, person.id)}
    for marking in (
        operations.Marking(person.id, Mark.PARTIAL, Evidence.PROVIDER_REPORT, minutes=95, marker="report:7"),
        operations.Marking(person.id, Mark.PRESENT, Evidence.SELF_CHECK_IN, marker=f"person:{person.id}"),
        operations.Marking(
            person.id, Mark.LATE, Evidence.ROLL_CALL, marker="kit:cafe0123", counter=1, device_at=now() - timedelta(days=365)
        ),
    ):
        operations.take_down(hall.trainer, meeting, seats, [marking])
    address = f"{hall.address}/{person.id}"
    page = trainer.get(address)
    for words in (
        "Two different marks", "Report of the meeting", "(on paper, or counted by the meeting tool)", "95 minutes", "Report 7",
        "Checked in by the person", "Device cafe0123", "Clock of the device:", "This counts.", "Stands beside what counts.",
        "This is right: Partly there", "This is right: Late",
    ):
        assert words in page.text, words
    form = next(form for form in page.all("form") if any(each.get("value") == "partial" for each in form.iter("input") if each.get("type") == "hidden"))
    trainer.post(address, {each.get("name"): each.get("value") for each in form.iter("input")})
    page = trainer.get(address)
    assert "Two different marks" not in page.text
    assert page.text.count("Replaced by: Partly there") == 3
    assert queries.mark_of(meeting.id, person.id) is Mark.PARTIAL


def test_history_says_who_when_and_how_and_corrects(hall: Hall, trainer: Browse) -> None:
    address = f"{hall.address}/{hall.person.id}"
    trainer.post(address, {"mark": "present"})
    hall.end(hall.meetings[0], hours=13)
    page = trainer.get(address)
    assert hall.account.name in page.text
    assert trainer.post(address, {"mark": "absent", "mark_id": "ab" * 16}).status == 303
    text = trainer.get(address).text
    assert text.index("Absent Correction") < text.index("Present Roll call")
    assert "Correction" in _row(trainer.get(hall.address), hall.person.id)


@pytest.mark.parametrize("sent", [{}, {"mark": "here"}, {"mark": ""}, {"mark": "PRESENT"}, {"mark": ["absent\x1f"]}])
def test_an_unknown_mark_changes_nothing_and_shows_the_form_again(hall: Hall, trainer: Browse, sent: dict) -> None:
    reply = trainer.post(f"{hall.address}/{hall.person.id}", sent)
    assert reply.status == 422
    assert "Choose a mark." in reply.text
    assert trainer.htmx(f"{hall.address}/{hall.person.id}", sent).status == 422
    assert db.session.query(MarkEntry).count() == 0


def test_an_id_that_was_used_or_is_none_is_refused(hall: Hall, trainer: Browse) -> None:
    address = f"{hall.address}/{hall.person.id}"
    assert trainer.post(address, {"mark": "late", "mark_id": "ab" * 16}).status == 303
    for mark_id in ("ab" * 16, "x" * 5000, "\x1f", "AB" * 16):
        reply = trainer.post(address, {"mark": "absent", "mark_id": mark_id})
        assert reply.status == 409
        assert "Load the page again" in reply.text
    assert db.session.query(MarkEntry).count() == 1


def test_cancelled_in_between(hall: Hall, trainer: Browse) -> None:
    address = f"{hall.address}/{hall.person.id}"
    sessions.cancel_meeting(SYSTEM, hall.training.id, 1)
    for answer in (trainer.post(address, {"mark": "late"}), trainer.htmx(address, {"mark": "late"}), trainer.post(hall.address)):
        assert answer.status == 409
        assert "This half-day is cancelled." in answer.text
    page = trainer.get(hall.address)
    assert "This half-day is cancelled." in page.text
    assert not [button for button in page.all("button") if button.get("name") == "mark"]
    hall.training.state = TrainingState.CANCELLED
    assert "This training session is cancelled." in trainer.get(f"{address}").text


def test_foreign_people_and_trainings_do_not_exist(hall: Hall, trainer: Browse) -> None:
    stranger = factories.person(hall.factory).id
    for address in (f"{hall.address}/{stranger}", f"{hall.address}/{10**6}", f"{hall.address.replace('/1/', '/9/')}/{stranger}"):
        assert trainer.get(address).status == 404
        assert trainer.post(address, {"mark": "late"}).status == 404
    elsewhere = attendance.training(programme=factories.programme("VN", zone="Asia/Ho_Chi_Minh"))
    for address in (f"/sessions/{elsewhere.id}/meetings/1/marks", f"/sessions/{elsewhere.id}/register", f"/sessions/{10**30}/register"):
        assert trainer.get(address).status == 404


ACCESS = [
    # role, where, roll call, register
    (Role.ADMINISTRATOR, "everywhere", 200, 200),
    (Role.PROGRAMME_MANAGER, "here", 200, 200),
    (Role.PROGRAMME_MANAGER, "elsewhere", 404, 404),
    (Role.TRAINER, "here", 404, 200),
    (Role.ADVISOR, "here", 404, 200),
    (Role.FOCAL_POINT, "factory", 404, 200),
    (Role.FOCAL_POINT, "foreign factory", 404, 404),
]


@pytest.mark.parametrize(("role", "where", "roll_call", "register"), ACCESS)
def test_who_sees_what(hall: Hall, browse: Browse, role: Role, where: str, roll_call: int, register: int) -> None:
    elsewhere = factories.programme("VN", zone="Asia/Ho_Chi_Minh")
    scope = {
        "everywhere": {}, "here": {"programme": hall.programme}, "elsewhere": {"programme": elsewhere},
        "factory": {"factory": hall.factory}, "foreign factory": {"factory": factories.factory(programme_id=elsewhere.id)},
    }[where]
    reader = browse.as_account(accounts.account(role, **scope))
    address = f"{hall.address}/{hall.person.id}"
    assert reader.get(hall.address).status == reader.get(address).status == roll_call
    posted = 303 if roll_call == 200 else 404
    assert reader.post(hall.address).status == reader.post(address, {"mark": "late"}).status == posted
    assert reader.get(f"/sessions/{hall.training.id}/register").status == register


def test_strangers_are_asked_to_sign_in(hall: Hall, browse: Browse) -> None:
    assert browse.get(hall.address).location.startswith("/sign-in")
    assert browse.post(hall.address).status == browse.htmx(f"{hall.address}/1", {"mark": "late"}).status == 401


def test_register_shows_marks_shares_and_who_is_at_risk(hall: Hall, trainer: Browse) -> None:
    for person, marks in zip(hall.people, [("present", "late"), ("absent", None), ("present", None)], strict=True):
        for number, mark in enumerate(marks, 1):
            if mark:
                trainer.post(f"/sessions/{hall.training.id}/meetings/{number}/marks/{person.id}", {"mark": mark})
    page = trainer.get(f"/sessions/{hall.training.id}/register")
    rows = [" ".join("".join(tr.itertext()).split()) for tr in page.all("tr")[1:]]
    assert [row.split(hall.factory.name)[1].strip() for row in rows] == [
        "Present Late 100% Reached", "Absent –Not marked 0% Not reached", "Present –Not marked 50% On the way",
    ]
    only = trainer.get(f"/sessions/{hall.training.id}/register?standing=missed")
    assert len(only.all("tr")) == 2
    assert trainer.get(f"/sessions/{hall.training.id}/register?standing=x").status == 200


def test_a_factory_sees_its_own_people_only(hall: Hall, browse: Browse) -> None:
    [foreign] = attendance.people(hall.training, 1)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=hall.factory))
    page = focal.get(f"/sessions/{hall.training.id}/register")
    assert hall.person.name in page.text
    assert foreign.name not in page.text
    assert len(page.all("tr")) == 4
    panel = focal.get(f"/sessions/{hall.training.id}")
    assert "Register" in panel.text
    assert "Present 0 of" not in panel.text
    assert "Roll call" not in panel.text


def test_the_page_of_the_training_shows_tallies_and_leads_to_the_roll_call(hall: Hall, trainer: Browse) -> None:
    trainer.post(f"{hall.address}/{hall.person.id}", {"mark": "late"})
    page = trainer.get(f"/sessions/{hall.training.id}")
    assert "Present 1 of 3 Not marked 2" in page.text
    assert hall.address in [link.get("href") for link in page.all("a")]


@pytest.mark.parametrize(("page", "most"), [("meetings/1/marks", 16), ("register", 8)])
def test_statements_do_not_grow_with_the_people(app: Flask, browse: Browse, page: str, most: int) -> None:
    """The register of 60 people at 12 half-days takes no more than that of 5; signing in is two of them,
    and two more say who checked in and who came unknown."""
    used = []
    for number in (5, 60):
        hall = Hall(people=number, half_days=12)
        for person in hall.people[:3]:
            operations.mark(hall.trainer, hall.meetings[0].id, person.id, Mark.LATE)
        reader = browse.as_account(hall.account)
        address = f"/sessions/{hall.training.id}/{page}"
        reader.get(address)
        with counted() as statements:
            reader.get(address)
        used.append(len(statements))
    assert used[0] == used[1] <= most


def test_a_tap_costs_the_same_whoever_else_is_there(app: Flask, browse: Browse) -> None:
    used = []
    for number in (5, 50):
        hall = Hall(people=number)
        reader = browse.as_account(hall.account)
        with counted() as statements:
            reader.htmx(f"{hall.address}/{hall.person.id}", {"mark": "late"})
        used.append(len(statements))
        assert queries.mark_of(hall.meetings[0].id, hall.person.id) is Mark.LATE
    assert used[0] == used[1]


def _fields(reply: Reply, person_id: int) -> dict[str, str]:
    """The hidden fields of a row, as a browser sends them back."""
    [row] = [each for each in reply.all("div") if each.get("id") == f"said-{person_id}"]
    return {each.get("name"): each.get("value") for each in row.iter("input")}


def _said(reply: Reply, person_id: int) -> str:
    [row] = [each for each in reply.all("div") if each.get("id") == f"said-{person_id}"]
    return " ".join("".join(row.itertext()).split())


def test_a_page_that_is_behind_gives_a_dispute_and_one_tap_resolves_it(hall: Hall, trainer: Browse, browse: Browse) -> None:
    address, person = f"{hall.address}/{hall.person.id}", hall.person.id
    colleague = accounts.account(Role.PROGRAMME_MANAGER, programme=hall.programme)
    stale = _fields(trainer.get(hall.address), person)
    assert stale["seen"] == ""
    other = browse.as_account(colleague)
    other.post(address, {**_fields(other.get(hall.address), person), "mark": "absent"})
    trainer.post(address, {**stale, "mark": "present"})
    page = trainer.get(hall.address)
    text = _said(page, person)
    for words in ("Two different marks", "Present Roll call", "Absent Roll call", hall.account.name, colleague.name):
        assert words in text
    assert len(_fields(page, person)["seen"].split()) == 2
    trainer.post(address, {**_fields(page, person), "mark": "late"})
    assert "Two different marks" not in trainer.get(hall.address).text
    assert queries.mark_of(hall.meetings[0].id, person) is Mark.LATE


def test_a_page_that_is_up_to_date_simply_replaces(hall: Hall, trainer: Browse, browse: Browse) -> None:
    address, person = f"{hall.address}/{hall.person.id}", hall.person.id
    other = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=hall.programme))
    other.post(address, {"mark": "absent"})
    trainer.post(address, {**_fields(trainer.get(hall.address), person), "mark": "present"})
    page = trainer.get(hall.address)
    assert (_pressed(page, person), "Two different marks" in page.text) == (["present"], False)
    other.post(address, {"mark": "late", "seen": "x " * 500})
    assert "Two different marks" in trainer.get(hall.address).text, "ids that are none count as nothing seen"


def test_double_click_and_back_and_submit_are_one_mark(hall: Hall, trainer: Browse) -> None:
    """X25: the form that was sent is sent again, at once and after another mark; then that one stays."""
    address, person = f"{hall.address}/{hall.person.id}", hall.person.id
    sent = {**_fields(trainer.get(hall.address), person), "mark": "present"}
    assert [trainer.post(address, sent).status for _ in range(2)] == [303, 303]
    trainer.post(address, {**_fields(trainer.get(hall.address), person), "mark": "absent"})
    assert trainer.post(address, sent).status == 303
    assert _pressed(trainer.get(hall.address), person) == ["absent"]
    assert db.session.query(MarkEntry).count() == 2
    for _ in range(2):
        assert trainer.post(hall.address).status == 303
        hall.end(hall.meetings[0], hours=1)
        assert trainer.post(f"{hall.address}/close").status == 303
        assert trainer.post(f"{hall.address}/reopen").status == 303
    assert db.session.query(MarkEntry).count() == 4


def test_all_present_at_one_site_leaves_the_others_open(hall: Hall, trainer: Browse) -> None:
    room = attendance.site(hall.training, "Sewing hall 2", SiteKind.FACTORY_ROOM)
    hall.meetings[0].modality = Modality.HYBRID
    guests = attendance.people(hall.training, 2, at=room)
    page = trainer.get(hall.address)
    assert "Mark all 2 here present" in page.text
    trainer.post(hall.address, {"site": str(room.id)})
    page = trainer.get(hall.address)
    assert [_pressed(page, person.id) for person in (*guests, *hall.people)] == [["present"]] * 2 + [[]] * 3
    trainer.post(hall.address, {"site": "77777"})
    assert "Present 2 of 5" in trainer.get(hall.address).text


def test_one_tap_marks_who_has_just_come(hall: Hall, trainer: Browse) -> None:
    first, second, third = hall.people
    hall.end(hall.meetings[0], hours=-3)
    trainer.post(f"{hall.address}/{first.id}", {"mark": "present"})
    page = trainer.get(f"{hall.address}?show=waiting")
    rows = [li.get("id") for li in page.all("li") if (li.get("id") or "").startswith("person-")]
    assert sorted(rows) == sorted([f"person-{second.id}", f"person-{third.id}"])
    assert "Just came: Present" in page.text
    back = trainer.post(f"{hall.address}/{second.id}", {**_fields(page, second.id), "mark": "arrived"})
    assert back.location == f"{hall.address}?show=waiting#person-{second.id}"
    hall.meetings[0].starts_at = now() - timedelta(minutes=16)
    db.session.flush()
    assert "Just came: Late" in trainer.get(f"{hall.address}?show=waiting").text
    trainer.post(f"{hall.address}/{third.id}", {"mark": "arrived"})
    assert [queries.mark_of(hall.meetings[0].id, each.id) for each in hall.people] == [Mark.PRESENT, Mark.PRESENT, Mark.LATE]
    assert "Everybody is marked" in trainer.get(f"{hall.address}?show=waiting").text


@pytest.mark.slow
def test_sixty_people_are_marked_in_at_most_seventy_taps(hall: Hall, trainer: Browse) -> None:
    """All present, then one tap for each of nine who are not and one for the page of a tenth."""
    attendance.people(hall.training, 57, hall.factory)
    taps = 0
    trainer.post(hall.address)
    taps += 1
    page = trainer.get(hall.address)
    rows = [int(li.get("id").removeprefix("person-")) for li in page.all("li") if (li.get("id") or "").startswith("person-")]
    assert len(rows) == 60
    for place, person in enumerate(rows):
        mark = ["absent", "late", "excused"][place % 3]
        trainer.htmx(f"{hall.address}/{person}", {**_fields(page, person), "mark": mark})
        taps += 2 if mark == "excused" else 1  # behind the menu
        if taps >= 69:
            break
    assert taps <= 70
    assert "Not marked" not in trainer.get(hall.address).text


def _live(reply: Reply) -> str:
    [live] = [each for each in reply.all("div") if each.get("id") == "live"]
    return str(live.get("hx-get"))


def test_a_page_learns_what_others_mark_in_few_bytes_and_statements(app: Flask, browse: Browse) -> None:
    hall = Hall(people=60)
    mine, other = browse.as_account(hall.account), browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=hall.programme))
    since = _live(mine.get(hall.address))
    with counted() as quiet:
        assert mine.fragment(since).status == 204
    other.post(f"{hall.address}/{hall.person.id}", {"mark": "late"})
    with counted() as news:
        reply = mine.fragment(since)
    assert (len(quiet) <= 6, len(news) <= 6) == (True, True)
    assert len(reply.response.data) < 4000
    assert "Present 1 of 60" in reply.text
    assert f'hx-target="#said-{hall.person.id}"' in reply.response.text
    assert reply.response.text.count("<hx-partial") == 1
    assert mine.fragment(_live(reply)).status == 204
    for person in hall.people[1:4]:
        other.post(f"{hall.address}/{person.id}", {"mark": "absent"})
    assert mine.fragment(_live(reply)).response.text.count("<hx-partial") == 3
    assert mine.fragment(f"{hall.address}/live?since=%27x").response.text.count("<hx-partial") == 4, "whatever is sent is an answer"


def test_when_the_roll_call_is_closed_elsewhere_the_page_loads_again(hall: Hall, trainer: Browse) -> None:
    hall.end(hall.meetings[0], hours=1)
    since = _live(trainer.get(hall.address))
    trainer.post(f"{hall.address}/close")
    assert trainer.get(since).response.headers["HX-Refresh"] == "true"
    page = trainer.get(hall.address)
    assert "The roll call of this half-day is closed." in page.text
    assert not [each for each in page.all("div") if each.get("id") == "live"]
    assert "Nobody was marked" in _said(page, hall.person.id)
    assert trainer.htmx(f"{hall.address}/{hall.person.id}", {"mark": "late"}).status == 409
    trainer.post(f"{hall.address}/reopen")
    assert "Mark all 3 present" in trainer.get(hall.address).text or "All present" in trainer.get(hall.address).text


def test_a_helper_sees_no_button_to_close_and_is_refused(hall: Hall, browse: Browse) -> None:
    hall.end(hall.meetings[0], hours=1)
    helper = browse.as_account(accounts.account(Role.CHECK_IN_HELPER, training=hall.training))
    assert "Close the roll call" not in helper.get(hall.address).text
    for verb in ("close", "reopen"):
        assert helper.post(f"{hall.address}/{verb}").status == 404
    stranger = browse.as_account(accounts.account(Role.TRAINER, programme=hall.programme))
    for verb in ("close", "reopen"):
        assert stranger.post(f"{hall.address}/{verb}").status == 404
    assert stranger.get(f"{hall.address}/live").status == 404


def test_attendance_cannot_be_taken_in_a_session_that_is_cancelled(hall: Hall, trainer: Browse) -> None:
    """FIELD 2.8: session cancelled, attendance cannot be taken."""
    sessions.cancel(SYSTEM, hall.training.id, "The centre is flooded")
    for address in (hall.address, f"{hall.address}/close", f"{hall.address}/reopen", f"{hall.address}/{hall.person.id}"):
        reply = trainer.post(address, {"mark": "present"})
        assert reply.status == 409
        assert "cancelled" in reply.text
    page = trainer.get(hall.address)
    assert "This training session is cancelled. Nobody can be marked." in page.text
    assert not [form for form in page.all("form") if form.get("method") == "post" and "/marks" in form.get("action")]
    assert db.session.query(MarkEntry).count() == 0
