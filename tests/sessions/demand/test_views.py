"""Demand as factories and planners find it on pages."""

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.courses.models import Course, CourseVersion
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.platform.tables import read_tables
from app.sessions.demand.models import Interest
from app.sessions.demand.rules import InterestState
from app.sessions.rules import Modality
from tests.browse import Browse, Reply, fill
from tests.make import accounts, courses, demand, factories
from tests.make import sessions as make
from tests.make.statements import counted


@pytest.fixture
def version(app: Flask) -> CourseVersion:
    return courses.version("sst", modalities=["in_person", "virtual"])


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("MILL", name="Lotus Mill", language="km")


@pytest.fixture
def speaker(browse: Browse, factory: Factory) -> Browse:
    return browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))


@pytest.fixture
def planner(browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme()))


def _one() -> Interest:
    db.session.expire_all()
    return db.session.scalars(sa.select(Interest)).one()


def test_a_number_is_enough(version: CourseVersion, speaker: Browse) -> None:
    action, data = fill(speaker.get("/courses/sst"), "/courses/sst/interest", people="8")
    reply = speaker.post(action, data)
    assert reply.location == "/courses/sst#interest"
    found = _one()
    assert (found.people, found.month, found.modality, found.language, found.note) == (8, None, None, "km", "")
    text = speaker.get("/courses/sst").text
    assert "Lotus Mill: 8 people" in text and "Waiting for a date" in text and "How many people of" not in text


def test_the_whole_form_then_a_change_then_withdrawal(version: CourseVersion, speaker: Browse) -> None:
    page = speaker.get("/courses/sst/interest?factory=MILL")
    assert "Tell the planners" in page.text
    months = [option.get("value") for field in page.all("select") if field.get("name") == "month" for option in field.iter("option")]
    assert months[0] == "" and len(months) == 19
    action, data = fill(page, "/courses/sst/interest", people="8", month=months[3], modality="virtual", language="en", note="  Two shifts. ")
    assert speaker.post(action, data).status == 303
    found = _one()
    assert (found.month, found.modality, found.note) == (date.fromisoformat(months[3]), Modality.VIRTUAL, "Two shifts.")
    action, data = fill(speaker.get("/courses/sst/interest"), "/courses/sst/interest", people="9")
    assert data["month"] == months[3] and data["modality"] == "virtual" and data["note"].strip() == "Two shifts."
    speaker.post(action, data)
    assert _one().people == 9
    assert "Your interest is changed." in speaker.get("/courses/sst").text
    action, data = fill(speaker.get("/courses/sst"), "/withdrawal")
    for _ in range(2):
        assert speaker.post(action, data).location == "/courses/sst#interest"
    assert _one().state is InterestState.WITHDRAWN
    assert "How many people of Lotus Mill?" in speaker.get("/courses/sst").text


def test_a_month_that_is_over_can_stay(version: CourseVersion, factory: Factory, speaker: Browse) -> None:
    demand.interest(factory, version.course, month=date(2020, 2, 1))
    action, data = fill(speaker.get("/courses/sst/interest"), "/courses/sst/interest", people="3")
    assert data["month"] == "2020-02-01" and speaker.post(action, data).status == 303
    assert speaker.post(action, {**data.to_dict(), "month": "2020-03-01"}).status == 422


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people": ""}, "Say for how many people."),
        ({"people": "0"}, "from 1 to 5000"),
        ({"people": "5001"}, "from 1 to 5000"),
        ({"people": "-3"}, "from 1 to 5000"),
        ({"people": "many"}, "Write a whole number."),
        ({"people": "9" * 40}, "from 1 to 5000"),
        ({"month": "2001-01-01"}, "Choose one of the list."),
        ({"month": "soon"}, "Choose one of the list."),
        ({"modality": "telepathy"}, "Choose one of the list."),
        ({"modality": "hybrid"}, "Choose one of the list."),
        ({"language": "tlh"}, "Choose one of the list."),
        ({"language": None}, "Choose one of the list."),
        ({"note": "x" * 501}, "at most 500"),
    ],
)
def test_bad_input_is_said_at_its_field(version: CourseVersion, speaker: Browse, changes: dict[str, str | None], words: str) -> None:
    form = {"factory": "MILL", "people": "8", "month": "", "modality": "", "language": "en", "note": ""} | changes
    reply = speaker.post("/courses/sst/interest", {name: value for name, value in form.items() if value is not None})
    assert reply.status == 422 and words in reply.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Interest)) == 0


def test_another_factory_does_not_exist(version: CourseVersion, browse: Browse, speaker: Browse) -> None:
    other = factories.factory("OTHER", name="Secret Mill")
    theirs = demand.interest(other, version.course, people=4711)
    form = {"factory": "OTHER", "people": "8", "month": "", "modality": "", "language": "en"}
    assert speaker.get("/courses/sst/interest?factory=OTHER").status == 404
    assert speaker.post("/courses/sst/interest", form).status == 404
    assert speaker.post(f"/demand/{theirs.id}/withdrawal").status == 404
    assert speaker.get(f"/demand/{theirs.id}").status == 404 and speaker.get("/demand").status == 404
    assert "Secret" not in speaker.get("/courses/sst").text and "4711" not in speaker.get("/courses/sst").text
    abroad = accounts.account(Role.TRAINER, programme=factories.programme("BD", zone="Asia/Dhaka", languages=["bn"], country="BD"))
    far = browse.as_account(abroad)
    assert far.get(f"/demand/{theirs.id}").status == 404 and far.post(f"/demand/{theirs.id}/training").status == 404
    assert "Secret" not in far.get("/demand").text and "Secret" not in far.get("/demand/table.csv").response.text
    assert _one().state is InterestState.OPEN


def test_people_and_head_offices_want_nothing(version: CourseVersion, browse: Browse, factory: Factory) -> None:
    for somebody in (browse.as_person(factories.person(factory).id), browse.as_account(accounts.account(Role.GROUP_VIEWER))):
        assert "How do we get it" not in somebody.get("/courses/sst").text
        assert somebody.get("/courses/sst/interest").status == 404
        assert somebody.post("/courses/sst/interest", {"factory": "MILL"}).status == 404


def test_an_advisor_chooses_the_factory(version: CourseVersion, browse: Browse, factory: Factory) -> None:
    other = factories.factory("OTHER", name="Other Mill")
    demand.interest(other, version.course, people=5, modality=Modality.VIRTUAL, month=date(2027, 3, 1))
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme()))
    text = advisor.get("/courses/sst").text
    assert "Other Mill: 5 people · March 2027 · By link" in text
    action, data = fill(advisor.get("/courses/sst/interest?factory=MILL"), "/interest", people="4")
    assert data["factory"] == "MILL" and data["language"] == "km"
    assert advisor.post(action, data).status == 303
    assert "Factory" in advisor.get("/courses/sst/interest").text, "without one in the address it is asked for"
    assert advisor.post("/courses/sst/interest", {"people": "4", "language": "en", "month": "", "modality": ""}).status == 422


def test_what_is_archived_offers_nothing(version: CourseVersion, speaker: Browse) -> None:
    form = {"factory": "MILL", "people": "8", "month": "", "modality": "", "language": "en"}
    db.session.execute(sa.update(Course).values(archived_at=now(), archived_why="Old."))
    assert "How do we get it" not in speaker.get("/courses/sst").text
    assert speaker.post("/courses/sst/interest", form).status == 409


def _wanted(version: CourseVersion) -> None:
    fire = courses.version("fire", titles={"en": "Fire"})
    abroad = factories.programme("BD", zone="Asia/Dhaka", languages=["bn"], country="BD", name={"en": "Bangla Programme"})
    for number, people in enumerate((5, 7, 30)):
        demand.interest(factories.factory(f"K{number}", name=f"Khmer Mill {number}"), version.course, people=people, modality=Modality.VIRTUAL)
    demand.interest(db.session.query(Factory).filter_by(code="K0").one(), fire.course, people=3)
    demand.interest(db.session.query(Factory).filter_by(code="K1").one(), fire.course, people=99, state=InterestState.WITHDRAWN)
    demand.interest(factories.factory("B0", name="Dhaka Mill", programme_id=abroad.id), version.course, people=11)


def _rows(reply: Reply) -> list[list[str]]:
    return [[" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in {"td", "th"}] for row in reply.all("tr")]


def test_planners_see_sums_and_wishes(version: CourseVersion, browse: Browse, planner: Browse) -> None:
    _wanted(version)
    rows = _rows(planner.get("/demand"))
    assert rows[1:3] == [["Supervisory Skills", "Kanthari Programme", "3", "42", "0 of 3"], ["Fire", "Kanthari Programme", "1", "3", "0 of 1"]]
    assert [row[0] for row in rows[4:]] == ["Khmer Mill 0 K0", "Khmer Mill 0 K0", "Khmer Mill 1 K1", "Khmer Mill 2 K2"]
    everywhere = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert ["Supervisory Skills", "Bangla Programme", "1", "11", "0 of 1"] in _rows(everywhere.get("/demand"))
    assert "4 wishes are not met yet" in planner.get("/courses").text
    assert "3 factories wait for it (42 people)" in planner.get("/courses/sst").text


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("course=fire", ["Khmer Mill 0 K0"]),
        ("programme=BD", ["Dhaka Mill B0"]),
        ("programme=KH&course=sst&modality=virtual", ["Khmer Mill 0 K0", "Khmer Mill 1 K1", "Khmer Mill 2 K2"]),
        ("modality=in_person", []),
        ("state=withdrawn", ["Khmer Mill 1 K1"]),
        ("state=met", []),
        ("course=no&programme=%27%3B--", []),
    ],
)
def test_the_list_is_filtered_by_its_address(version: CourseVersion, browse: Browse, asked: str, names: list[str]) -> None:
    _wanted(version)
    everywhere = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    reply = everywhere.get(f"/demand?{asked}")
    rows = _rows(reply)
    starts = [number for number, row in enumerate(rows) if row[:2] == ["Factory", "Course"]]
    assert [row[0] for row in rows[starts[0] + 1 :]] == names if names else "Nothing fits" in reply.text
    table = list(csv.reader(io.StringIO(everywhere.get(f"/demand/table.csv?{asked}").response.data.decode("utf-8-sig"))))
    assert [f"{row[5]} {row[4]}" for row in table[1:]] == names


def test_tables_are_safe_to_open(version: CourseVersion, planner: Browse) -> None:
    evil = factories.factory("EVIL", name="=HYPERLINK(\"http://x\")")
    demand.interest(evil, version.course, people=8, note="@SUM(A1)\r\n+1", month=date(2027, 3, 1), modality=Modality.VIRTUAL)
    answer = planner.get("/demand/table.csv").response
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8" and "attachment" in answer.headers["Content-Disposition"]
    header, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert dict(zip(header, row, strict=True)) == {
        "Programme": "KH", "Country": "Cambodia", "Code of the course": "sst", "Course": "Supervisory Skills", "Code of the factory": "EVIL",
        "Factory": "'=HYPERLINK(\"http://x\")", "People": "8", "Wished month": "2027-03", "Modality": "By link", "Language": "en",
        "State": "Waiting for a date", "Training session": "", "Note": "'@SUM(A1)\r\n+1", "Declared on": f"{now().astimezone(ZoneInfo('Asia/Phnom_Penh')):%Y-%m-%d}",
    }
    data = planner.get("/demand/table.xlsx").response.data
    [sheet] = read_tables(data).sheets
    assert [str(cell) for cell in sheet.rows[1]][5] == "=HYPERLINK(\"http://x\")", "a text stays a text"
    assert b"<f>" not in data


def test_planning_by_page(version: CourseVersion, factory: Factory, planner: Browse, speaker: Browse) -> None:
    found = demand.interest(factory, version.course, note="Two shifts.", people=8)
    at = f"/demand/{found.id}"
    page = planner.get(at)
    assert "Two shifts." in page.text and "There is no coming training session" in page.text
    training = make.training(version=version, days=(9,))
    make.training(version=version, days=(-9,), code="PASTPA")
    make.training(version=courses.version("other"), days=(9,), code="OTHERS")
    action, data = fill(planner.get(at), f"{at}/training", training=str(training.id))
    assert "PASTPA" not in planner.get(at).text and "OTHERS" not in planner.get(at).text
    assert planner.post(action, data).location == at
    assert _one().state is InterestState.PLANNED
    assert "Planned" in speaker.get("/courses/sst").text
    assert planner.post(action, {"training": "999999"}).status == 404
    assert planner.post(action, {"training": ""}).status == 303 and _one().state is InterestState.OPEN
    planner.post(action, data)
    planner.post(f"/sessions/{training.id}/confirmation")
    assert _one().state is InterestState.MET
    assert "Confirmed" in speaker.get("/factories/MILL/interests").text
    assert planner.post(action, data).status == 409


def test_pages_cost_the_same_with_many(version: CourseVersion, browse: Browse, factory: Factory) -> None:
    office = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    found = demand.interest(factory, version.course)
    costs = []
    for more in (2, 60):
        other = courses.version()
        for _ in range(more):
            demand.interest(factories.factory(), version.course)
            demand.interest(factories.factory(), other.course)
            make.training(version=version)
        cost = []
        for address in ("/demand", f"/demand/{found.id}", "/courses/sst/interest", "/demand/table.csv", "/courses"):
            office.get(address)
            with counted() as statements:
                assert office.get(address).status == 200
            cost.append(len(statements))
        costs.append(cost)
    assert costs[0] == costs[1] and max(costs[0]) <= 9, costs
    assert len(_rows(office.get("/demand"))) >= 50 and "rel=\"next\"" in office.get("/demand").response.text


def test_the_table_says_days_by_the_calendar_of_the_factory(version: CourseVersion, factory: Factory, planner: Browse) -> None:
    late = datetime(2026, 5, 31, 20, tzinfo=UTC)  # three in the morning of the first of June in Phnom Penh
    demand.interest(factory, version.course, declared_at=late)
    data = planner.get("/demand/table.csv").response.data
    [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert row["Declared on"] == "2026-06-01"
