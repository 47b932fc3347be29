"""Pathways: their pages, and how far people and factories have come."""

from datetime import UTC, datetime, timedelta

import pytest

from app.access.roles import Role
from app.courses import queries
from app.courses.models import CourseVersion
from app.courses.rules import Step, steps
from app.factories.models import Employment
from app.platform.clock import now
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, courses, factories
from tests.make.completions import completion
from tests.make.statements import counted

STEPS = [{"course": "one"}, {"choose": 1, "of": ["two", "three"]}, {"course": "gone"}]


@pytest.fixture(autouse=True)
def _published(app: object) -> None:
    for code in ("one", "two", "three"):
        courses.version(code, titles={"en": f"Course {code}"})
    courses.pathway("way", STEPS, titles={"en": "The way", "km": "ផ្លូវ"}, sources=["Own design"])


def _version(code: str) -> CourseVersion:
    return queries.current_version(queries.course_by_code(code).id)


def test_steps_as_they_are_kept() -> None:
    assert steps(STEPS) == (Step(("one",), 1), Step(("two", "three"), 1), Step(("gone",), 1))
    choice = Step(("two", "three", "four"), 2)
    assert choice.is_choice and not Step(("one",), 1).is_choice
    assert [choice.is_done(done) for done in ((), ("two",), ("two", "one"), ("four", "two"))] == [False, False, False, True]


def test_the_pages_say_steps_and_pace(browse: Browse) -> None:
    courses.pathway("free", [{"course": "one"}], in_order=False, pace_months=None)
    reader = browse.as_account(accounts.account(Role.GROUP_VIEWER))
    listed = reader.get("/pathways").text
    for words in ("The way", "3 steps", "within 12 months", "Office"):
        assert words in listed
    reply = reader.get("/pathways/way")
    for words in ("one after the other", "Course one", "Choose 1 of these:", "Course two", "Course three", "gone not in the catalogue yet", "within 12 months of the first", "Own design"):
        assert words in reply.text, words
    assert {"/courses/one", "/courses/two"} <= {a.get("href") for a in reply.all("a")}
    assert "How far" not in reply.text, "a head office sees numbers only where they are guarded"
    free = reader.get("/pathways/free").text
    assert "in any order" in free and "As long as you need." in free
    assert reader.get("/pathways/nothing").status == 404


def test_a_person_sees_the_own_way(browse: Browse) -> None:
    factory = factories.factory()
    person, other = factories.person(factory, language="en"), factories.person(factory)
    learner = browse.as_person(person.id)
    assert "0 of 3" in learner.get("/pathways/way").text
    begun = datetime(2026, 3, 1, 9, tzinfo=UTC)
    completion(person, _version("two"), factory, at=begun)
    completion(person, _version("one"), factory, at=begun + timedelta(days=30), withdrawn_at=now())
    completion(other, _version("one"), factory)
    text = learner.get("/pathways/way").text
    assert "1 of 3" in text and "March 1, 2027" in text
    assert text.count("to do") == 2


def test_an_entry_that_was_joined_counts_for_the_person(browse: Browse) -> None:
    factory = factories.factory()
    person = factories.person(factory, language="en")
    entry = factories.person(factory, merged_into_id=person.id)
    completion(entry, _version("one"), factory)
    assert "1 of 3" in browse.as_person(person.id).get("/pathways/way").text


def test_factories_in_scope_are_counted_by_step(browse: Browse) -> None:
    own, other = factories.factory(name="Own mill"), factories.factory(name="Other mill")
    one, two, three = (_version(code) for code in ("one", "two", "three"))
    for number in range(3):
        somebody = factories.person(own)
        completion(somebody, one, own)
        completion(somebody, one, own, at=datetime(2028, 12, 1, tzinfo=UTC))  # again: one person all the same
        completion(somebody, two if number else three, own)
    left = factories.person(own)
    completion(left, one, own)
    db.session.query(Employment).filter_by(person_id=left.id).update({"ended_on": now().date()})
    completion(factories.person(other), one, other)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=own))
    reply = focal.get("/pathways/way")
    cells = ["".join(cell.itertext()) for row in reply.all("tr") for cell in row.iter("td")]
    assert cells == ["3", "3", "0"] and "Own mill" in reply.text and "Other mill" not in reply.text
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme()))
    assert "Other mill" in advisor.get("/pathways/way").text
    with counted() as few:
        advisor.get("/pathways/way")
    for _ in range(20):
        completion(factories.person(other), two, other)
    with counted() as many:
        advisor.get("/pathways/way")
    assert len(few) == len(many) <= 5


def test_nobody_has_begun(browse: Browse) -> None:
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme()))
    assert "Nobody has done a step yet" in advisor.get("/pathways/way").text


def test_a_choice_is_counted_by_person(browse: Browse) -> None:
    """Whoever chose one of two has done the step, whichever it was; where two are asked, one is not enough."""
    courses.pathway("both", [{"choose": 2, "of": ["two", "three"]}])
    mill = factories.factory(name="Own mill")
    for codes in (("two",), ("three",), ("three", "two")):
        somebody = factories.person(mill)
        for code in codes:
            completion(somebody, _version(code), mill)
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=mill))
    for way, said in (("way", ["0", "3", "0"]), ("both", ["1"])):
        reply = focal.get(f"/pathways/{way}")
        assert ["".join(cell.itertext()) for row in reply.all("tr") for cell in row.iter("td")] == said, way


def test_a_list_that_is_cut_says_so(browse: Browse) -> None:
    for number in range(51):
        mill = factories.factory(name=f"Mill {number:02d}")
        completion(factories.person(mill), _version("one"), mill)
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme()))
    reply = advisor.get("/pathways/way")
    assert "Mill 49" in reply.text and "Mill 50" not in reply.text
    assert "The first 50 factories by name" in reply.text
