"""Sessions in a browser without script: with names, as heads, corrected, taken along."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from app.access.roles import Role
from app.factories.models import Employment, Factory, Person
from app.factories.rules import JobRole, Sex
from app.improvement.ambassadors.rules import AmbassadorKind
from app.improvement.cascade.models import CascadePerson, CascadeSession
from app.improvement.cascade.rules import Heads, Level
from app.platform.clock import today
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, ambassadors, courses, factories, headcounts, lessons

TODAY = today("Asia/Phnom_Penh")
NEW = "/factories/F-1/cascade/new"


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("F-1", name="Golden Needle")


@pytest.fixture
def master(factory: Factory) -> Any:
    way, _courses = ambassadors.way()
    person = factories.person(factory, name="Maly Trainer")
    return ambassadors.ambassador(factory, person, way, kind=AmbassadorKind.MASTER_TRAINER)


@pytest.fixture
def focal(factory: Factory, browse: Browse) -> Browse:
    return browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))


def form(**values: Any) -> dict[str, Any]:
    return {"way": "heads", "sent_id": "a" * 32, "held_on": TODAY.isoformat(), "theme": "osh", "minutes": "45", "course": "", "line": "", **values}


def workers(factory: Factory, number: int = 3, line: str = "Line 1") -> list[Person]:
    return [factories.person(factory, JobRole.OPERATOR, line=line, sex=Sex.F) for _ in range(number)]


def test_with_names_on_a_phone(factory: Factory, master: Any, browse: Browse) -> None:
    first, second, third = workers(factory)
    elsewhere = factories.person(factory, JobRole.OPERATOR, line="Line 2", sex=Sex.M)
    me = browse.as_person(master.person_id)
    own = me.get("/ambassadors/own")
    assert NEW in [link.get("href") for link in own.all("a")]
    page = me.get(f"{NEW}?of_line={db.session.query(Employment).filter_by(person_id=first.id).one().line_id}")
    offered = {box.get("value") for box in page.all("input") if box.get("name") == "people"}
    assert offered == {str(each.id) for each in (first, second, third)}
    number = db.session.query(Employment).filter_by(person_id=elsewhere.id).one().employee_number
    reply = me.post(NEW, form(way="names", people=[str(first.id), str(second.id)], numbers=f"{number}\n", topic="Exits"))
    assert reply.status == 303
    row = db.session.query(CascadeSession).one()
    assert (row.level, row.ambassador_id, row.account_id, row.heads) == (Level.B, master.id, None, Heads(2, 1, 0))
    shown = me.get(reply.location).text
    assert first.name in shown
    assert "Exits" in me.get("/factories/F-1/cascade").text


def test_people_are_searched_without_a_name_in_an_address(factory: Factory, focal: Browse) -> None:
    somebody = factories.person(factory, name="Zorina Lookfor")
    factories.person(factory, name="Other Colleague")
    ways = [form.get("method") for form in focal.get(f"{NEW}?way=names").all("form") if any(each.get("name") == "q" for each in form.iter("input"))]
    assert set(ways) == {"post"}
    page = focal.post(NEW, data={"way": "names", "q": "zorina", "search": "1"})
    assert page.status == 200
    offered = {box.get("value") for box in page.all("input") if box.get("name") == "people"}
    assert offered == {str(somebody.id)}
    assert db.session.query(CascadeSession).count() == 0


def test_a_wrong_number_keeps_what_was_ticked(factory: Factory, focal: Browse) -> None:
    [worker] = workers(factory, 1)
    page = focal.post(NEW, form(way="names", people=[str(worker.id)], numbers="X-999, X-998"))
    assert page.status == 422
    assert "Nobody had these numbers on that day: X-999, X-998" in page.text
    [box] = [box for box in page.all("input") if box.get("name") == "people" and box.get("value") == str(worker.id)]
    assert box.get("checked") is not None
    for people, numbers in (([], ""), (["0", "x"], ""), ([str(2**40)], "")):
        assert focal.post(NEW, form(way="names", people=people, numbers=numbers)).status == 422
    assert db.session.query(CascadeSession).count() == 0


def test_a_head_count_with_a_photo_and_a_doubt(factory: Factory, focal: Browse) -> None:
    headcounts.headcount(factory)  # 42 people
    data = form(women="٣٠", men="25", others="", evidence=(BytesIO(lessons.photo(mark="zqphone")), "list.jpg"))
    reply = focal.post(NEW, data, content_type="multipart/form-data")
    assert reply.status == 303, "more than declared is a warning, not a refusal"
    page = focal.get(reply.location).text
    assert "It counts 55 people, and the factory has declared 42. Please check both." in page
    row = db.session.query(CascadeSession).one()
    assert (row.level, row.heads) == (Level.C, Heads(30, 25, 0))
    photo = focal.get(f"{reply.location}/photo").response
    assert (photo.mimetype, b"zqphone" in photo.data) == ("image/jpeg", False)
    assert "more than declared" in focal.get("/factories/F-1/cascade").text


@pytest.mark.parametrize(("field", "value", "words"), [
    ("women", "0", "Say how many people were there."), ("women", "20001", "Write a number from 0 to 20,000."),
    ("women", "many", "Write a whole number."), ("minutes", "4", "Write a number of minutes from 5 to 600."),
    ("held_on", (TODAY + timedelta(days=2)).isoformat(), "This day has not come yet."), ("held_on", "soon", "Write the day"),
    ("theme", "weather", "Choose one of the list."), ("course", "no-course", "Choose one of the list."),
    ("ambassador", "999999", "Choose one of the list."), ("topic", "x" * 201, "This is too long."),
])
def test_what_is_wrong_is_said_and_kept(factory: Factory, focal: Browse, field: str, value: str, words: str) -> None:
    page = focal.post(NEW, form(**{"women": "12", "topic": "Exits", field: value}))
    assert page.status == 422
    assert words in page.text
    assert db.session.query(CascadeSession).count() == 0


def test_a_correction_stands_beside_what_it_corrects(factory: Factory, master: Any, focal: Browse) -> None:
    version = courses.version("fire-safety", titles={"en": "Fire safety"})
    row = ambassadors.session(factory, heads=Heads(50, 3), led_by=master, held_on=TODAY, course_id=version.course_id)
    address = f"/factories/F-1/cascade/{row.id}"
    page = focal.get(f"{address}/correction")
    assert [each.get("value") for each in page.all("input") if each.get("name") == "women"] == ["50"]
    reply = focal.post(f"{address}/correction", form(women="5", men="3", why="wrong_people", ambassador=str(master.id), course="fire-safety"))
    assert reply.status == 303
    assert "This entry was corrected." in focal.get(address).text
    shown = focal.get(reply.location).text
    assert "Corrected: The people or numbers were wrong" in shown
    assert "50 women, 3 men, 0 others" in shown
    assert focal.post(f"{reply.location}/withdrawal", {}).status == 422
    assert focal.post(f"{reply.location}/withdrawal", {"why": "not_held"}).status == 303
    assert "No session here" in focal.get("/factories/F-1/cascade").text
    last = db.session.query(CascadeSession).order_by(CascadeSession.id.desc()).first()
    assert "This session counts no more" in focal.get(f"/factories/F-1/cascade/{last.id}").text


def test_the_list_is_filtered_by_its_address_and_taken_along(factory: Factory, master: Any, focal: Browse) -> None:
    ambassadors.session(factory, tuple(workers(factory)), master, topic="With names")
    ambassadors.session(factory, heads=Heads(40), topic="As heads", theme="working-time", held_on=date(2026, 3, 1))
    for query, seen in (("", {"With names", "As heads"}), ("?level=B", {"With names"}), ("?theme=working-time", {"As heads"}),
                        (f"?ambassador={master.id}", {"With names"}), ("?until=2026-04-01", {"As heads"}), ("?level=A&theme=x&since=y", {"With names", "As heads"})):
        page = focal.get(f"/factories/F-1/cascade{query}")
        assert {words for words in ("With names", "As heads") if words in page.text.replace("With names Head count", "")} == seen, query
        table = focal.get(f"/factories/F-1/cascade/table.csv{query}").response.get_data().decode("utf-8-sig")
        assert {words for words in ("With names", "As heads") if f",{words}," in table.replace(",With names\r\n", "\r\n")} == seen, query


def test_levels_stand_apart_on_the_page_of_the_factory(factory: Factory, master: Any, focal: Browse) -> None:
    ambassadors.session(factory, tuple(workers(factory)), master)
    ambassadors.session(factory, heads=Heads(400, 50, 1))
    text = focal.get("/factories/F-1/ambassadors").text
    assert "3 people who work here now were in a session of level B" in text
    assert "451 heads were counted at level C" in text
    assert "454" not in text
    assert db.session.query(CascadePerson).count() == 3


def test_who_is_no_ambassador_finds_nothing(factory: Factory, master: Any, browse: Browse) -> None:
    [worker] = workers(factory, 1)
    row = ambassadors.session(factory, (worker,), master)
    me = browse.as_person(worker.id)
    for address in (NEW, "/factories/F-1/cascade", f"/factories/F-1/cascade/{row.id}", "/ambassadors/own", f"/ambassadors/{master.id}"):
        assert me.get(address).status == 404, address
